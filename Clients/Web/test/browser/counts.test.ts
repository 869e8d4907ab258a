import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("7 the badge is the sum of the rows, and what a recount gives", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  const dev = await Visitor.enter(browser, url, "Dev");
  const before = await unread(noor);
  await dev.go("Sunday supper");
  for (const text of ["the pot waves", "it has friends now"]) await dev.say(text);
  await expect.poll(() => unread(noor)).toBe(before + 2);
  await expect.poll(() => badge(noor)).toBe(before + 2);
  // Another device begins with nothing: all it shows was counted by the host just now.
  const again = await Visitor.enter(browser, url, "Noor");
  await expect.poll(() => unread(again)).toBe(before + 2);
  await expect.poll(() => badge(again)).toBe(before + 2);
  await again.go("Sunday supper");
  await expect.poll(() => badge(again)).toBeLessThan(before + 2);
  await expect.poll(() => badge(noor)).toBe(await badge(again));
  expect(await badge(noor)).toBeLessThan(before + 2);
  await Promise.all([noor.close(), dev.close(), again.close()]);
});

it("8 what was taken back is never counted", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  const ines = await Visitor.enter(browser, url, "Inês");
  const before = await unread(noor);
  await ines.go("Family");
  await ines.say("the coat has a letter in it");
  await expect.poll(() => unread(noor)).toBe(before + 1);
  const message = ines.said("the coat has a letter in it");
  await message.focus();
  await ines.page.keyboard.press("Delete");
  await noor.page.locator(".rows .row", { hasText: "took this message back" }).first().waitFor();
  expect(await unread(noor)).toBe(before);
  await expect.poll(() => badge(noor)).toBe(before);
  await Promise.all([noor.close(), ines.close()]);
});

/** The sum of what the rows show. */
const unread = async (by: Visitor): Promise<number> => {
  const counts = await by.page.locator(".rows .row-counts .count:not(.ember):not(.lamp)").allInnerTexts();
  return counts.reduce((sum, text) => sum + parseInt(text, 10), 0);
};

/** The count in the window's title. */
const badge = async (by: Visitor): Promise<number> => Number(/^\((\d+)\)/.exec(await by.page.title())?.[1] ?? 0);
