import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { longTalk } from "./log.js";

const url = inject("url");
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("11 what is fetched before moves what one reads by a pixel at most", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 60_000 });
  await noor.go(longTalk);
  await noor.page.waitForTimeout(500);
  for (let page = 0; page < 3; page++) {
    const moved = await noor.page.evaluate(scrollUpUntilItGrows);
    expect(Math.abs(moved)).toBeLessThanOrEqual(1);
  }
  expect(noor.complaints).toEqual([]);
  await noor.close();
});

// Scrolls up until more is asked for, holds still, and tells by how much the first bubble in sight was moved.
async function scrollUpUntilItGrows(): Promise<number> {
  const feed = document.querySelector<HTMLElement>(".feed") as HTMLElement;
  const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
  for (let tries = 0; tries < 400 && feed.getAttribute("aria-busy") !== "true"; tries++) {
    feed.scrollTop -= 200;
    await frame();
  }
  const top = feed.getBoundingClientRect().top;
  const seen = [...feed.querySelectorAll<HTMLElement>("article")].find((one) => one.getBoundingClientRect().top > top);
  if (!seen) return Number.NaN;
  const before = seen.getBoundingClientRect().top;
  for (let frames = 0; frames < 120; frames++) await frame();
  return document.getElementById(seen.id) ? seen.getBoundingClientRect().top - before : Number.NaN;
}
