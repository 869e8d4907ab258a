import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("who may calls everyone; who may not is told so, and can send it without", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  const dev = await Visitor.enter(browser, url, "Dev");
  await Promise.all([mia.read("Sunday supper"), dev.home()]);
  const row = dev.page.locator(".rows .row", { hasText: "Sunday supper" });
  await mia.page.locator("#composer").pressSequentially("supper is on, @ever");
  await mia.page.locator(".called").getByRole("button", { name: "everyone" }).waitFor();
  await mia.page.keyboard.press("Enter");
  await mia.page.locator("#composer").pressSequentially("come");
  await mia.picture("calling");
  await mia.page.keyboard.press("Enter");
  await mia.sees("supper is on, @everyone come");
  await row.locator(".count.ember").waitFor();
  expect(await row.locator(".count.ember").innerText()).toContain("@");

  await dev.read("Sunday supper");
  const below = dev.page.getByRole("button", { name: /^To the newest/ });
  if (await below.count()) await below.click();
  await dev.page.locator("article.calls-me .mention", { hasText: "@everyone" }).last().waitFor();
  await dev.say("@everyone bring chairs");
  await dev.page.locator(".message.refused").waitFor();
  const note = dev.page.locator(".message.refused");
  expect(await note.innerText()).toContain("Ask Mia");
  await dev.picture("calling-refused");
  await note.getByRole("button", { name: "Send it without calling them" }).click();
  await mia.sees("@everyone bring chairs");
  expect(await mia.page.locator("article.calls-me", { hasText: "bring chairs" }).count()).toBe(0);
  expect([...mia.complaints, ...dev.complaints]).toEqual([]);
  await Promise.all([mia.close(), dev.close()]);
});

it("what is new below is not read because the conversation was opened", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  const name = await mia.begin("Thirty things", "Dev");
  for (let thing = 1; thing <= 30; thing++) await mia.say(`thing ${thing}`);
  await mia.sees("thing 30");

  const dev = await Visitor.enter(browser, url, "Dev");
  const count = dev.page.locator(".rows .row", { hasText: name }).locator(".row-counts .count");
  await expect.poll(() => count.innerText()).toMatch(/^30\b/);
  await dev.read(name);
  await dev.said("thing 1").first().waitFor();
  await dev.page.waitForTimeout(700);
  expect(parseInt(await count.innerText(), 10)).toBeGreaterThan(5);
  await dev.page.getByRole("button", { name: /^To the newest/ }).click();
  await dev.sees("thing 30");
  await expect.poll(() => count.count()).toBe(0);
  await Promise.all([mia.close(), dev.close()]);
});
