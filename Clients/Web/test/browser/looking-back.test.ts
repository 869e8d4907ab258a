import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("who keeps a conversation looks back at it as somebody saw it, by keyboard", async () => {
  const [mia, noor, jonas] = await Promise.all(
    ["Mia", "Noor", "Jonas"].map((who) => Visitor.enter(browser, url, who, { bypassCSP: true })),
  );
  if (!mia || !noor || !jonas) throw new Error("nobody came");
  const name = await mia.begin("looking back", "Noor", "Jonas");
  await mia.say("soup at six");
  await mia.sees("soup at six");
  await noor.go(name);
  await noor.sees("soup at six");
  await noor.say("bread is mine");
  await mia.sees("bread is mine");
  await jonas.go(name);
  await jonas.say("and I bring hammers");
  await mia.sees("and I bring hammers");
  await takesBack(noor, "bread is mine");
  await mia.page.locator(".feed article", { hasText: "took this message back" }).first().waitFor();
  await mia.page.locator("#composer").press("ArrowUp");
  // What stands there now is put over what is written before.
  await expect.poll(() => mia.page.locator("#composer").inputValue()).toBe("soup at six");
  await mia.page.locator("#composer").fill("soup at eight");
  await mia.page.locator("#composer").press("Enter");
  await noor.sees("soup at eight");

  // What is hidden from Mia now is hidden from her in what Noor saw, too. They are no friends after that: nobody whom
  // another test would meet in her hall.
  await about(mia, "Jonas", "Block…", "Block Jonas");
  await opens(mia);
  const { page } = mia;
  await page.locator(".look-back .callout").waitFor();
  expect(await page.locator(".look-back").innerText()).not.toContain("can't see yourself");
  await mia.picture("looking-back-own");
  await page.getByLabel("What could be seen by").selectOption({ label: "Noor" });
  const slider = page.getByRole("slider");
  const shown = page.locator(".look-back li");
  await shown.filter({ hasText: "soup at eight" }).waitFor();
  await slider.focus();
  await page.keyboard.press("Home");
  await page
    .locator(".look-back")
    .getByText(/After version 1 of \d+/)
    .waitFor();
  await expect.poll(() => shown.count()).toBe(0);
  await page.keyboard.press("ArrowRight");
  await shown.filter({ hasText: "soup at six" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await shown.filter({ hasText: "taken back since" }).waitFor();
  expect(await page.locator(".look-back").innerText()).not.toContain("bread is mine");
  await page.keyboard.press("End");
  await shown.filter({ hasText: "A message that you can't see yourself" }).waitFor();
  expect(await page.locator(".look-back").innerText()).not.toContain("hammers");
  await mia.picture("looking-back");
  expect(await findings(mia)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await mia.picture("looking-back-dark");
  expect(await findings(mia)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  await mia.picture("looking-back-narrow");
  expect(await page.evaluate(() => document.querySelector("dialog[open]")?.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("Escape");
  await about(mia, "Jonas", "Block them no more");
  expect([mia, noor, jonas].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([mia.close(), noor.close(), jonas.close()]);
});

async function opens(by: Visitor): Promise<void> {
  await by.beside();
  await by.page.locator(".aside").getByRole("button", { name: "What was done", exact: true }).click();
  await by.page.getByRole("button", { name: "Look back…" }).click();
}

async function takesBack(by: Visitor, text: string): Promise<void> {
  await by.said(text).first().focus();
  await by.page.keyboard.press("Delete");
}

/** Does something about somebody beside the conversation. */
async function about(by: Visitor, whom: string, what: string, then?: string): Promise<void> {
  await by.beside();
  await by.page.getByRole("button", { name: `What you can do about ${whom}` }).click();
  await by.page.getByRole("button", { name: what }).click();
  if (then) await by.page.getByRole("button", { name: then }).click();
  if (await by.page.locator("dialog[open]").count()) await by.page.keyboard.press("Escape");
}
