import type { Browser, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("what came otherwise than it was said is found out, and put right", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  const noor = await Visitor.open(browser, url);
  let line: WebSocketRoute | undefined;
  await noor.context.routeWebSocket(/.*/, (page) => {
    line = page;
    const server = page.connectToServer();
    page.onMessage((sent) => server.send(sent));
    server.onMessage((told) => page.send(typeof told === "string" ? told : altered(told)));
  });
  await noor.page.reload();
  await noor.enter("Noor");
  const name = await mia.begin("what is so", "Noor");
  await noor.go(name);
  // What is new to one begins anew by itself, the first time that one comes back.
  await comesBack(noor, () => line);
  await mia.say("soup at six");
  await mia.sees("soup at six");
  await noor.sees("soup at ten");

  // Of all that is held some is compared each time that one comes back.
  await expect
    .poll(
      async () => {
        await comesBack(noor, () => line);
        return noor.said("soup at six").count();
      },
      { timeout: 40_000 },
    )
    .toBe(1);
  expect(await noor.said("soup at ten").count()).toBe(0);
  const drifts = async () => {
    const metrics = await (await fetch(new URL("/metrics", url))).text();
    return [...metrics.matchAll(/^chat_drifts.*part="(\w+)".*\} (\d+)/gm)].map((line) => line.slice(1));
  };
  await expect.poll(drifts).toEqual([["messages", "1"]]);
  expect([mia, noor].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([mia.close(), noor.close()]);
});

/** Is cut off, and there again. */
async function comesBack(by: Visitor, line: () => WebSocketRoute | undefined): Promise<void> {
  const before = line();
  const resumed = by.page.waitForEvent("websocket");
  await before?.close();
  await resumed;
  await expect.poll(line).not.toBe(before);
  await by.page.waitForTimeout(1_000);
}

/** Events alone: what is fetched is as it was said. */
function altered(told: Buffer): Buffer {
  const text = told.toString("latin1");
  return text.includes("chat.v1.evt.") ? Buffer.from(text.replace("soup at six", "soup at ten"), "latin1") : told;
}
