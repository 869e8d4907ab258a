import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";
import { longTalk } from "./log.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("11 what is fetched before moves what one reads by a pixel at most", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 60_000 });
  await noor.go(longTalk);
  await noor.page.waitForTimeout(1000);
  for (let page = 0; page < 3; page++) {
    const moved = await noor.page.evaluate(scrollUpUntilItGrows);
    expect(Math.abs(moved)).toBeLessThanOrEqual(1);
  }
  expect(noor.complaints).toEqual([]);
  await noor.close();
});

it("11 nor does it where one has come to the start of what is held", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.page.locator(".rows .row", { hasText: longTalk }).first().waitFor({ timeout: 60_000 });
  await noor.read(longTalk);
  await noor.page.waitForTimeout(1000);
  for (let page = 0; page < 2; page++) {
    const moved = await noor.page.evaluate(stayAtTheStartUntilItGrows);
    expect(Math.abs(moved)).toBeLessThanOrEqual(1);
  }
  expect(noor.complaints).toEqual([]);
  await noor.close();
});

// By how much the first bubble moves when there is more before it than there was: its end, for it may lose the name
// above it.
async function stayAtTheStartUntilItGrows(): Promise<number> {
  const feed = document.querySelector<HTMLElement>(".feed") as HTMLElement;
  const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
  for (let tries = 0; tries < 20; tries++) {
    feed.scrollTop = 0;
    await frame();
    const seen = feed.querySelector<HTMLElement>("article") as HTMLElement;
    const [bottom, height] = [seen.getBoundingClientRect().bottom, feed.scrollHeight];
    for (let frames = 0; frames < 30; frames++) {
      await frame();
      if (feed.scrollHeight < height + 1000) continue;
      await frame();
      return (document.getElementById(seen.id)?.getBoundingClientRect().bottom ?? Number.NaN) - bottom;
    }
  }
  return Number.NaN;
}

// Scrolls up a little at a time until the list has grown at its start: by how much the first bubble in sight is beside
// where that step should have brought it.
async function scrollUpUntilItGrows(): Promise<number> {
  const feed = document.querySelector<HTMLElement>(".feed") as HTMLElement;
  const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
  const { top } = feed.getBoundingClientRect();
  for (let tries = 0; tries < 200; tries++) {
    const bubbles = [...feed.querySelectorAll<HTMLElement>("article")];
    const seen = bubbles.find((one) => one.getBoundingClientRect().top > top);
    if (!seen) return Number.NaN;
    const [before, height] = [seen.getBoundingClientRect().top, feed.scrollHeight];
    const step = Math.min(200, feed.scrollTop);
    feed.scrollTop -= step;
    for (let frames = 0; frames < 4 || feed.getAttribute("aria-busy") === "true"; frames++) await frame();
    for (let frames = 0; frames < 6; frames++) await frame();
    const now = document.getElementById(seen.id)?.getBoundingClientRect().top ?? Number.NaN;
    const beside = now - before - step;
    if (feed.scrollHeight > height + 1000) return beside;
  }
  return Number.NaN;
}
