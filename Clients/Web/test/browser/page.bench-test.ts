import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { longTalk, writeLog } from "./log.js";
import { costOf, floorOf, heapOf, scrollUp, sendAll, told } from "./measure.js";
import { Up } from "./up.js";

const messages = Number(process.env["CHAT_MESSAGES"] ?? 100_000);
const frames = 600;
let up: Up;
let browser: Browser;

beforeAll(async () => {
  [up, browser] = await Promise.all([Up.start("--demo-logs", await writeLog(messages)), launch()]);
  const noor = await Visitor.enter(browser, up.url, "Noor");
  const since = Date.now();
  // The channel shows when all of it is imported.
  await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 1_100_000 });
  console.log(`${messages} lines imported within ${((Date.now() - since) / 1000).toFixed(0)} s of the first visit`);
  await noor.close();
});

afterAll(async () => {
  await browser?.close();
  await up?.stop();
});

it(`12 ${messages} messages scroll past, 600 px a frame`, async () => {
  const empty = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const before = await floorOf(empty, frames);
  const noor = await Visitor.enter(browser, up.url, "Noor");
  await noor.read(longTalk);
  const scrolled = await noor.page.evaluate(scrollUp, frames);
  const devtools = await noor.context.newCDPSession(noor.page);
  const heap = await heapOf(devtools);
  const costs = await costOf(devtools, async () => void (await noor.page.evaluate(scrollUp, frames)));
  await noor.close();
  const floor = [...before, ...(await floorOf(empty, frames))];
  console.log(`${frames} frames: ${told(scrolled.frames)}`);
  console.log(`an empty page, before and after: ${told(floor)}`);
  console.log(`the page's own thread, ${costs.length} frames more: ${told(costs)} of the processor`);
  console.log(`${scrolled.rows} rows in the document at most, ${heap.toFixed(1)} MB held`);
  expect(scrolled.rows).toBeLessThan(100);
});

it("25 from the key to the bubble", async () => {
  const noor = await Visitor.enter(browser, up.url, "Noor");
  await noor.read("Sunday supper");
  const texts = Array.from({ length: 50 }, (_, n) => `measured ${n + 1} of fifty`);
  const { bubbles, frames: shown } = await noor.page.evaluate(sendAll, texts);
  console.log(`from the key to the bubble: ${told(bubbles)}; to the frame after it: ${told(shown)}`);
  await noor.close();
});
