import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("a link lets somebody in who has it, and nobody once it is used up", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const jonas = await Visitor.enter(browser, url, "Jonas", { permissions });
  const { page } = jonas;
  await jonas.begin("Ropes and knots", "Priya");
  await page.getByRole("button", { name: "People and settings" }).click();
  await page.getByRole("button", { name: "Ask people in" }).click();
  await page.getByLabel("It lets in").selectOption("1");
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByText("Lets 1 more in").waitFor();
  await jonas.picture("links");
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toMatch(/#\/j\/[\w-]+\/[\w-]{22}$/);

  const leila = await Visitor.enter(browser, url, "Leila");
  await leila.page.goto(address);
  await leila.page.getByText("It lets you into a conversation.").waitFor();
  await leila.picture("come");
  await leila.page.getByRole("button", { name: "Come in" }).click();
  await leila.page.locator("#composer").waitFor();
  await leila.say("the link brought me");
  await jonas.sees("the link brought me");

  const tomas = await Visitor.enter(browser, url, "Tomás");
  await tomas.page.goto(address);
  await tomas.page.getByRole("heading", { name: /link has been used up/ }).waitFor();
  expect(await tomas.page.locator("dialog[open]").innerText()).toContain("Ask for another.");
  await tomas.picture("link-used-up");

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "What was done" }).click();
  await page.getByText("came by a link").waitFor();
  await page.getByText("made a link").waitFor();
  await jonas.picture("done");
  expect([...jonas.complaints, ...leila.complaints, ...tomas.complaints]).toEqual([]);
  await Promise.all([jonas.close(), leila.close(), tomas.close()]);
});
