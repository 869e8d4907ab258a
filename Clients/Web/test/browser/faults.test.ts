import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { Up } from "./up.js";

let up: Up;
let browser: Browser;

beforeAll(async () => {
  [up, browser] = await Promise.all([Up.start(), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await up?.stop();
});

it("13 the host is killed under both: the pages go on, nothing is missing and nothing twice", async () => {
  const [noor, mia] = await Promise.all([
    Visitor.enter(browser, up.url, "Noor"),
    Visitor.enter(browser, up.url, "Mia"),
  ]);
  await Promise.all([noor.go("Sunday supper"), mia.go("Sunday supper")]);
  await noor.say("before the dark 1");
  await mia.sees("before the dark 1");
  // In the middle of sends: some are accepted, some on their way, some not even sent.
  for (let n = 2; n <= 5; n++) await noor.say(`before the dark ${n}`);
  await up.kill();
  for (let n = 1; n <= 3; n++) await noor.say(`in the dark ${n}`);
  await mia.say("is anybody there");
  await noor.page.locator(".banner, .street .state", { hasText: "ffline" }).first().waitFor();
  await noor.picture("offline");
  await up.again();
  for (const one of [noor, mia]) {
    await one.sees("in the dark 3");
    await one.sees("is anybody there");
  }
  await noor.page.locator(".message.waiting").first().waitFor({ state: "detached" });
  const dark = ["1", "2", "3", "4", "5"].map((n) => `before the dark ${n}`);
  const later = ["1", "2", "3"].map((n) => `in the dark ${n}`);
  for (const one of [noor, mia]) expect(await heard(one, "the dark")).toEqual([...dark, ...later]);
  expect(await heard(mia, "is anybody there")).toEqual(["is anybody there"]);
  await Promise.all([noor.close(), mia.close()]);
});

it("what is reported while nobody answers is said to be, and is told once however often it is tried", async () => {
  const [noor, mia] = await Promise.all([
    Visitor.enter(browser, up.url, "Noor"),
    Visitor.enter(browser, up.url, "Mia"),
  ]);
  await Promise.all([noor.read("Sunday supper"), mia.read("Sunday supper")]);
  await noor.said("Start without me and lie about it").focus();
  await noor.page.keyboard.press("Enter");
  await noor.page.getByRole("button", { name: "Report message…" }).click();
  const dialog = noor.page.locator("dialog[open]");
  await dialog.getByLabel("Spam").check();
  await up.kill();
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await dialog.getByText("Not reported: nobody answered.").waitFor();
  await noor.picture("report-offline");
  await up.again();
  await noor.page.locator(".banner.away").waitFor({ state: "detached" });
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await mia.page.getByRole("button", { name: "People and settings, 1 report waits" }).waitFor();
  await Promise.all([noor.close(), mia.close()]);
});

const heard = async (by: Visitor, text: string): Promise<string[]> =>
  (await by.said(text).locator(".words").allInnerTexts()).map((one) => one.trim());
