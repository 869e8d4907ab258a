import type { CDPSession, Page } from "playwright-core";

/** A share of what was measured: 0.5 is the median. */
export function quantile(measured: readonly number[], share: number): number {
  const sorted = measured.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

export const told = (measured: readonly number[]): string =>
  `p50 ${quantile(measured, 0.5).toFixed(1)} p99 ${quantile(measured, 0.99).toFixed(1)} ` +
  `max ${quantile(measured, 1).toFixed(1)} ms`;

/** Scrolls up 600 pixels a frame: how long each frame took, and the most bubbles that there were at once. */
export async function scrollUp(frames: number): Promise<{ frames: number[]; rows: number }> {
  const feed = document.querySelector<HTMLElement>(".feed") as HTMLElement;
  const times: number[] = [];
  let rows = 0;
  let before = await new Promise<number>(requestAnimationFrame);
  for (let n = 0; n < frames; n++) {
    performance.mark("frame");
    feed.scrollTop -= 600;
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - before);
    before = now;
    rows = Math.max(rows, feed.querySelectorAll("article").length);
  }
  return { frames: times, rows };
}

interface Traced {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
}

/**
 * The processor's time, in milliseconds, that the page's own thread took for each marked frame of what is done: unlike
 * the time of a frame it does not tell what else the machine had to do.
 */
export async function costOf(devtools: CDPSession, done: () => Promise<void>): Promise<number[]> {
  const events: Traced[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => void events.push(...(value as unknown as Traced[])));
  const complete = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
  const includedCategories = ["toplevel", "blink.user_timing"];
  await devtools.send("Tracing.start", { traceConfig: { includedCategories } });
  await done();
  await devtools.send("Tracing.end");
  await complete;
  const marks = events.filter(({ name }) => name === "frame").toSorted((a, b) => a.ts - b.ts);
  const costs = marks.map(() => 0);
  const isTask = (event: Traced): boolean => event.ph === "X" && event.name === "ThreadControllerImpl::RunTask";
  for (const task of events.filter((event) => isTask(event) && event.tid === marks[0]?.tid)) {
    const frame = marks.findLastIndex(({ ts, pid }) => ts <= task.ts && pid === task.pid);
    if (frame >= 0) costs[frame] = (costs[frame] ?? 0) + (task.tdur ?? 0) / 1000;
  }
  return costs;
}

/** An empty page that scrolls the same way: what no page on this machine is faster than. */
export async function floorOf(page: Page, frames: number): Promise<number[]> {
  await page.setContent(
    `<div class="feed" style="height: 700px; overflow: auto"><div style="height: ${frames * 600 + 700}px"></div></div>`,
  );
  await page.evaluate(() => document.querySelector(".feed")?.scrollTo(0, 1e9));
  return (await page.evaluate(scrollUp, frames)).frames;
}

/** What is held after all that nobody holds was let go of, in megabytes. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await devtools.send("Runtime.getHeapUsage")) as { usedSize: number };
  return usedSize / 1e6;
}

/** From the key to the bubble, and to the frame after it, in milliseconds. */
export async function sendAll(texts: readonly string[]): Promise<{ bubbles: number[]; frames: number[] }> {
  const box = document.getElementById("composer") as HTMLTextAreaElement;
  const feed = document.querySelector(".feed") as HTMLElement;
  const measured = { bubbles: [] as number[], frames: [] as number[] };
  for (const text of texts) {
    box.value = text;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    const isThere = new Promise<void>((done) => {
      const seen = new MutationObserver(() => feed.textContent?.includes(text) && (seen.disconnect(), done()));
      seen.observe(feed, { childList: true, subtree: true });
    });
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await isThere;
    measured.bubbles.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
    measured.frames.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 100));
  }
  return measured;
}

/** When something was first painted, in milliseconds from the start of the navigation. */
export const firstPaint = (): number => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
