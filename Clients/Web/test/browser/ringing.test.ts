import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { fakeMedia, launch, type Visitor } from "./browser.js";
import { focused } from "./focus.js";
import { url } from "./here.js";
import { befriend, come, light } from "./rooms.js";

const phone = { width: 390, height: 760 };
let browser: Browser;
let open: Visitor[] = [];

beforeAll(async () => {
  browser = await launch(...fakeMedia);
  const [dev, ama, priya] = (await Promise.all(["Dev", "Ama", "Priya"].map((name) => visit(name)))) as [
    Visitor,
    Visitor,
    Visitor,
  ];
  await befriend(dev, ama, ["Dev", "Ama"]);
  await befriend(priya, ama, ["Priya", "Ama"]);
});

afterEach(async () => {
  for (const one of open) {
    expect(one.complaints).toEqual([]);
    await one.close();
  }
  open = [];
});

afterAll(() => browser?.close());

async function visit(name: string, options: object = {}): Promise<Visitor> {
  const visitor = await come(browser, url, name, options);
  open.push(visitor);
  visitor.page.setDefaultTimeout(15_000);
  return visitor;
}

/** Opens the conversation with somebody, and begins it where there is none. */
async function talkTo({ page }: Visitor, name: string): Promise<void> {
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.locator("dialog[open]").getByRole("button", { name, exact: true }).click();
  await page.locator(".talk-header", { hasText: name }).waitFor();
}

const callButton = ({ page }: Visitor, name: string, how = "") =>
  page.getByRole("button", { name: `Call ${name}${how}`, exact: true });

const card = ({ page }: Visitor, name: string) => page.getByRole("alertdialog", { name: `${name} is calling` });

const call = ({ page }: Visitor, name: string) => page.getByRole("region", { name: `Call with ${name}` });

/** How many frames of the other come in, of three that are waited for. */
const frames = (visitor: Visitor, name: string): Promise<number> =>
  call(visitor, name)
    .locator(".seat:not(.mine) video")
    .evaluate(async (video) => {
      let count = 0;
      const until = Date.now() + 10_000;
      const next = (): void => void (count++, (video as HTMLVideoElement).requestVideoFrameCallback(next));
      (video as HTMLVideoElement).requestVideoFrameCallback(next);
      while (count < 3 && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
      return count;
    });

/** Has the page keep by which servers its connections are made. */
function notingRelays(): void {
  const all = globalThis as unknown as { relays: unknown[]; RTCPeerConnection: typeof RTCPeerConnection };
  all.relays = [];
  all.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(how?: RTCConfiguration) {
      super(how);
      all.relays.push(...(how?.iceServers ?? []).map(({ urls }) => urls));
    }
  };
}

const lastLine = ({ page }: Visitor): Promise<string> => page.locator(".called-line").last().innerText();

it("rings, is taken out of a room, and both are seen and heard until one hangs up", async () => {
  const [dev, ama] = await Promise.all([visit("Dev"), visit("Ama")]);
  await light(ama, "Cabin");
  await talkTo(dev, "Ama");
  await dev.page.evaluate(notingRelays);
  await callButton(dev, "Ama", " with video").click();
  await dev.page.getByText("Calling Ama…").waitFor();
  await card(ama, "Dev").waitFor();
  await expect.poll(() => ama.page.title()).toBe("Dev is calling");
  await ama.picture("ringing");
  await dev.picture("ringing-out");
  expect([...(await findings(ama)), ...(await findings(dev))]).toEqual([]);
  await card(ama, "Dev").getByRole("button", { name: "Accept" }).click();
  // The data channel brings it that the other's camera is on: only with both is there a picture.
  for (const [one, other] of [
    [dev, "Ama"],
    [ama, "Dev"],
  ] as const)
    expect(await frames(one, other)).toBeGreaterThanOrEqual(3);
  expect(await call(dev, "Ama").locator(".quiet-mic").count()).toBe(0);
  expect(await ama.page.locator(".inside").count()).toBe(0);
  expect(await dev.page.evaluate("relays")).toEqual([["stun:127.0.0.1:3478"]]);
  await ama.picture("on-a-call");
  expect(await findings(ama)).toEqual([]);
  // Whoever loads the page anew is on it as before.
  await ama.page.reload();
  expect(await frames(ama, "Dev")).toBeGreaterThanOrEqual(3);
  expect(await frames(dev, "Ama")).toBeGreaterThanOrEqual(3);
  await ama.page.evaluate(() => void (location.hash = "#/people"));
  await ama.page.locator(".call.small").waitFor();
  await ama.picture("on-a-call-small");
  expect(await frames(ama, "Dev")).toBeGreaterThanOrEqual(3);
  await call(ama, "Dev").getByRole("button", { name: "Hang up" }).click();
  await dev.page.getByText(/^Over, after/).waitFor();
  await expect.poll(() => lastLine(dev)).toMatch(/^You called Ama with video · \d+ s/);
  await ama.page.locator(".call").waitFor({ state: "detached" });
  // It stands there also for who comes later.
  await dev.page.reload();
  await expect.poll(() => lastLine(dev)).toMatch(/^You called Ama with video · \d+ s/);
});

it("on a telephone, on one device alone, and by keys", async () => {
  const [dev, ama, tablet] = await Promise.all([visit("Dev"), visit("Ama"), visit("Ama")]);
  await talkTo(dev, "Ama");
  for (const { page } of [dev, ama]) await page.setViewportSize(phone);
  await dev.picture("call-buttons-phone");
  await callButton(dev, "Ama", " with video").click();
  await Promise.all([card(ama, "Dev").waitFor(), card(tablet, "Dev").waitFor()]);
  await ama.picture("ringing-phone");
  await ama.page.waitForTimeout(900);
  await ama.page.keyboard.press("Enter");
  expect(await frames(ama, "Dev")).toBeGreaterThanOrEqual(3);
  await card(tablet, "Dev").waitFor({ state: "detached" });
  expect(await tablet.page.locator(".call").count()).toBe(0);
  await ama.picture("on-a-call-phone");
  await tablet.page.getByText("On a call with Dev").waitFor();
  await call(dev, "Ama").getByRole("button", { name: "Hang up" }).click();
  await ama.page.getByText(/^Over, after/).waitFor();
});

it("is declined over a dialog and by Escape, and not by what one writes meanwhile", async () => {
  const [dev, ama] = await Promise.all([visit("Dev"), visit("Ama")]);
  await Promise.all([talkTo(dev, "Ama"), talkTo(ama, "Dev")]);
  await ama.page.locator("#composer").focus();
  await ama.page.keyboard.press("Control+k");
  await ama.page.locator("dialog[open] input").waitFor();
  await callButton(dev, "Ama").click();
  await card(ama, "Dev").getByRole("button", { name: "Decline" }).click();
  await dev.page.getByText("Ama can’t talk now.").waitFor();
  // What had the focus before has it again: one after the other, whatever lay over it.
  await expect.poll(() => focused(ama)).toBe("Close");
  await ama.page.keyboard.press("Escape");
  await ama.page.locator("dialog").waitFor({ state: "detached" });
  expect(await focused(ama)).toBe("Message Dev");
  await callButton(dev, "Ama").click();
  await card(ama, "Dev").waitFor();
  await ama.page.waitForTimeout(900);
  await ama.page.keyboard.type("one moment");
  await ama.page.keyboard.press("Enter");
  await dev.sees("one moment");
  expect(await card(ama, "Dev").count()).toBe(1);
  await card(ama, "Dev").focus();
  await ama.page.keyboard.press("Escape");
  await card(ama, "Dev").waitFor({ state: "detached" });
  await dev.page.getByText("Ama can’t talk now.").waitFor();
  await expect.poll(() => lastLine(dev)).toMatch(/^You called Ama: declined/);
  await expect.poll(() => lastLine(ama)).toMatch(/^You declined a call from Dev/);
});

it("is answered over a dialog that opens while it rings", async () => {
  const [dev, ama] = await Promise.all([visit("Dev"), visit("Ama")]);
  await Promise.all([talkTo(dev, "Ama"), talkTo(ama, "Dev")]);
  await callButton(dev, "Ama").click();
  await card(ama, "Dev").waitFor();
  await ama.page.keyboard.press("Control+k");
  await ama.page.locator("dialog.dialog[open] input").waitFor();
  await ama.picture("ringing-over-a-dialog");
  await card(ama, "Dev").getByRole("button", { name: "Decline" }).click();
  await dev.page.getByText("Ama can’t talk now.").waitFor();
  await ama.page.keyboard.press("Escape");
  await ama.page.locator("dialog").waitFor({ state: "detached" });
});

it("is busy to a third, and missed where the caller gives up", async () => {
  const [dev, ama, priya] = await Promise.all([visit("Dev"), visit("Ama"), visit("Priya")]);
  await Promise.all([talkTo(dev, "Ama"), talkTo(priya, "Ama"), talkTo(ama, "Priya")]);
  await callButton(dev, "Ama").click();
  await card(ama, "Dev").waitFor();
  await callButton(priya, "Ama").click();
  await priya.page.getByText("Ama is on another call.").waitFor();
  await priya.picture("call-busy");
  await expect.poll(() => lastLine(priya)).toMatch(/^You called Ama: busy/);
  await expect.poll(() => lastLine(ama)).toMatch(/^Missed call from Priya: you were on another/);
  await dev.page.getByRole("button", { name: "Hang up" }).click();
  await card(ama, "Dev").waitFor({ state: "detached" });
  await expect.poll(() => lastLine(dev)).toMatch(/^You called Ama: you gave up/);
  await talkTo(ama, "Dev");
  await expect.poll(() => lastLine(ama)).toMatch(/^Missed call from Dev/);
  await ama.picture("call-lines");
});
