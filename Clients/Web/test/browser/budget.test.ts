import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";
import { longTalk } from "./log.js";
import { heapOf, scrollUp } from "./measure.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("25 holds 60 MB at most when a long channel has gone by", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 60_000 });
  await noor.read(longTalk);
  const { rows } = await noor.page.evaluate(scrollUp, 150);
  const held = await heapOf(await noor.context.newCDPSession(noor.page));
  expect(held).toBeLessThan(60);
  expect(rows).toBeLessThan(100);
  await noor.close();
});

it("25 asks for little before somebody can come in, and for nothing from elsewhere", async () => {
  const page = await browser.newPage();
  const asked: { url: string; isCode: boolean; bytes: Promise<number> }[] = [];
  page.on("requestfinished", (request) =>
    asked.push({
      url: request.url(),
      isCode: ["document", "script", "stylesheet"].includes(request.resourceType()),
      bytes: request.sizes().then((sizes) => sizes.responseBodySize),
    }),
  );
  await page.goto(url, { waitUntil: "networkidle" });
  await page.locator(".cast button").first().waitFor();
  const kilobytes = async (some: typeof asked): Promise<number> =>
    (await Promise.all(some.map((one) => one.bytes))).reduce((sum, size) => sum + size, 0) / 1000;
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThanOrEqual(24);
  expect(await kilobytes(asked.filter((one) => one.isCode))).toBeLessThanOrEqual(40);
  expect(await kilobytes(asked)).toBeLessThanOrEqual(120);
  expect(asked.filter((one) => !one.url.startsWith(url)).map((one) => one.url)).toEqual([]);
  await page.close();
});

it("what is drawn once the list stands still is there then", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 60_000 });
  await noor.read(longTalk);
  await noor.page.evaluate(scrollUp, 20);
  const withoutTools = noor.page.locator(".feed article:not(:has(.tools))");
  await expect.poll(() => withoutTools.count(), { timeout: 10_000 }).toBe(0);
  await noor.close();
});
