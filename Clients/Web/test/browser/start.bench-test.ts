import type { Browser } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";
import { launch } from "./browser.js";
import { firstPaint, told } from "./measure.js";
import { come } from "./rooms.js";
import { Up } from "./up.js";

/** Pages built before, to compare this one with in turns: their folders, with commas between them. */
const others = process.env["CHAT_PAGES"]?.split(",") ?? [];
const rounds = Number(process.env["CHAT_ROUNDS"] ?? 9);

interface Measured {
  readonly name: string;
  readonly up: Up;
  readonly paints: number[];
  readonly rows: number[];
  readonly windows: number[];
}

let pages: readonly Measured[] = [];
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  const measured = async (name: string, ...more: string[]): Promise<Measured> => ({
    ...{ name, up: await Up.start(...more), paints: [], rows: [], windows: [] },
  });
  pages = await Promise.all([measured("this page"), ...others.map((folder) => measured(folder, "--page", folder))]);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all(pages.map(({ up }) => up.stop()));
});

it("25 from the address to the first paint, and to the house, on a processor four times as slow", async () => {
  for (let round = 0; round < rounds; round++)
    // Whoever is first in one round is last in the next.
    for (const one of round % 2 ? pages.toReversed() : pages) await measure(one);
  for (const { name, paints, rows, windows } of pages)
    console.log(`${name}: the first paint ${told(paints)}; conversations ${told(rows)}; windows ${told(windows)}`);
});

async function measure({ up, paints, rows, windows }: Measured): Promise<void> {
  const noor = await come(browser, up.url, "Noor");
  const devtools = await noor.context.newCDPSession(noor.page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const start = Date.now();
  const shown = async (selector: string): Promise<number> => {
    await noor.page.locator(selector).first().waitFor();
    return Date.now() - start;
  };
  await noor.page.reload({ waitUntil: "commit" });
  rows.push(await shown(".rows .row"));
  windows.push(await shown(".house .window-card button"));
  paints.push(await noor.page.evaluate(firstPaint));
  await noor.close();
}
