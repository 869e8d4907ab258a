import { expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { longTalk, writeLog } from "./log.js";
import { Up } from "./up.js";

const messages = Number(process.env["CHAT_MESSAGES"] ?? 100_000);

it(`12 ${messages} messages scroll past, 600 px a frame`, async () => {
  const [up, browser] = await Promise.all([Up.start("--demo-logs", await writeLog(messages)), launch()]);
  try {
    const noor = await Visitor.enter(browser, up.url, "Noor");
    // The channel shows when all of it is imported.
    await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 1_100_000 });
    await noor.go(longTalk);
    const { frames, rows, heap } = await noor.page.evaluate(scroll, 600);
    const sorted = frames.toSorted((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
    console.log(`${frames.length} frames: p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms`);
    console.log(`${rows} rows in the document at most, a heap of ${(heap / 1e6).toFixed(0)} MB`);
    expect(rows).toBeLessThan(100);
  } finally {
    await browser.close();
    await up.stop();
  }
});

async function scroll(frames: number): Promise<{ frames: number[]; rows: number; heap: number }> {
  const feed = document.querySelector<HTMLElement>(".feed") as HTMLElement;
  const times: number[] = [];
  let rows = 0;
  let before = await new Promise<number>(requestAnimationFrame);
  for (let n = 0; n < frames; n++) {
    feed.scrollTop -= 600;
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - before);
    before = now;
    rows = Math.max(rows, feed.querySelectorAll("article").length);
  }
  const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } };
  return { frames: times, rows, heap: memory.usedJSHeapSize };
}
