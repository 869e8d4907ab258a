import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { Up } from "./up.js";

let up: Up;
let browser: Browser;

beforeAll(async () => {
  [up, browser] = await Promise.all([Up.start(), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await up?.stop();
});

describe("two browsers talk", () => {
  it("1 from the sign-in to the house in one press", async () => {
    const noor = await Visitor.enter(browser, up.url, "Noor");
    expect(await noor.page.locator(".rows .row").count()).toBeGreaterThanOrEqual(8);
    await noor.picture("house");
    expect(noor.complaints).toEqual([]);
    await noor.close();
  });

  it("says something on one, and it is on the other", async () => {
    const [noor, mia] = await both("Noor", "Mia");
    await noor.say("hello from far away");
    await mia.sees("hello from far away");
    await mia.say("hello yourself");
    await noor.sees("hello yourself");
    await noor.picture("conversation");
    expect([...noor.complaints, ...mia.complaints]).toEqual([]);
    await Promise.all([noor.close(), mia.close()]);
  });

  it("9 shows what one says in the next frame, before any answer", async () => {
    const noor = await Visitor.enter(browser, up.url, "Noor");
    await noor.go("Sunday supper");
    await noor.context.setOffline(true);
    await noor.page.locator("#composer").fill("said into the dark");
    const frames = await noor.page.evaluate(async () => {
      const box = document.getElementById("composer") as HTMLElement;
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      for (let frame = 1; ; frame++) {
        await new Promise(requestAnimationFrame);
        if (document.querySelector(".feed")?.textContent?.includes("said into the dark") || frame > 60) return frame;
      }
    });
    expect(frames).toBeLessThanOrEqual(2);
    await noor.context.setOffline(false);
    await noor.sees("said into the dark");
    await noor.close();
  });
});

async function both(one: string, other: string): Promise<[Visitor, Visitor]> {
  const [a, b] = await Promise.all([Visitor.enter(browser, up.url, one), Visitor.enter(browser, up.url, other)]);
  await Promise.all([a.go("Sunday supper"), b.go("Sunday supper")]);
  return [a, b];
}
