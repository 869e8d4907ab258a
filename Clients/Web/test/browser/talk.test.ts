import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("1 from the sign-in to the house in one press", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  expect(await noor.page.locator(".rows .row").count()).toBeGreaterThanOrEqual(8);
  expect(noor.complaints).toEqual([]);
  await noor.close();
});

it("two browsers talk: what is said on one is on the other", async () => {
  const [noor, mia] = await both("Noor", "Mia", "Sunday supper");
  await noor.say("hello from far away");
  await mia.sees("hello from far away");
  await mia.say("hello yourself");
  await noor.sees("hello yourself");
  expect([...noor.complaints, ...mia.complaints]).toEqual([]);
  await Promise.all([noor.close(), mia.close()]);
});

it("one writes on where one was, with the caret there, once a dialog is closed in which one wrote", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  const { page } = noor;
  await noor.go("Sunday supper");
  const box = page.locator("#composer");
  await box.focus();
  await page.keyboard.type("salt");
  await page.keyboard.press("ArrowLeft");
  for (const letter of ["a", "l"]) {
    await page.keyboard.press("Control+k");
    await page.locator("dialog[open] input").click();
    await page.keyboard.type("sup");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.type(letter);
  }
  expect(await box.inputValue()).toBe("salalt");
  await box.fill("");
  await noor.close();
});

it("9 what one says stands there in the next frame, before any answer", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.go("Sunday supper");
  await noor.context.setOffline(true);
  await noor.page.locator("#composer").fill("said into the dark");
  const frames = await noor.page.evaluate(async () => {
    const box = document.getElementById("composer") as HTMLElement;
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    for (let frame = 1; ; frame++) {
      await new Promise(requestAnimationFrame);
      if (document.querySelector(".feed")?.textContent?.includes("said into the dark") || frame > 60) return frame;
    }
  });
  expect(frames).toBeLessThanOrEqual(2);
  await noor.context.setOffline(false);
  await noor.sees("said into the dark");
  await noor.close();
});

it("10 a reload in the middle of sends doubles nothing and loses nothing", async () => {
  const [noor, kofi] = await both("Noor", "Kofi", "Climbing Thursdays");
  const said = Array.from({ length: 12 }, (_, n) => `rope number ${n + 1} of twelve`);
  for (const [n, text] of said.entries()) {
    await noor.say(text);
    // Whatever state the one before is in: unsent, on its way, or accepted and not yet heard.
    if (n % 4 === 1) {
      await noor.page.reload();
      await noor.page.locator("#composer").waitFor();
    }
  }
  for (const text of said) await kofi.sees(text);
  await noor.page.locator(".message.waiting").first().waitFor({ state: "detached" });
  for (const one of [noor, kofi]) expect(await heard(one, "rope number")).toEqual(said);
  await Promise.all([noor.close(), kofi.close()]);
});

it("14 a draft survives a reload", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.go("Ama");
  await noor.page.locator("#composer").fill("about Saturday, I was thinking");
  await noor.page.waitForTimeout(600);
  await noor.page.reload();
  await noor.page.locator("#composer").waitFor();
  expect(await noor.page.locator("#composer").inputValue()).toBe("about Saturday, I was thinking");
  await noor.close();
});

it("15, 16 a refused text survives, with the rule and a way on", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.go("Dev");
  const long = `the whole story of the pot ${"and the balcony ".repeat(1100)}`;
  await noor.say(long);
  const note = noor.page.locator(".message.refused .refusal");
  await note.waitFor();
  await noor.picture("refusal");
  expect(await note.locator("li.deciding").count()).toBe(1);
  expect((await note.locator("h3").innerText()).length).toBeGreaterThan(12);
  expect(await note.locator(".ways button").count()).toBeGreaterThan(0);
  await noor.page.reload();
  await note.waitFor();
  await note.getByRole("button", { name: "Change it" }).click();
  expect(await noor.page.locator("#composer").inputValue()).toBe(long.trim());
  await noor.close();
});

async function both(one: string, other: string, conversation: string): Promise<[Visitor, Visitor]> {
  const [a, b] = await Promise.all([Visitor.enter(browser, url, one), Visitor.enter(browser, url, other)]);
  await Promise.all([a.go(conversation), b.go(conversation)]);
  return [a, b];
}

const heard = async (by: Visitor, text: string): Promise<string[]> =>
  (await by.said(text).locator(".words").allInnerTexts()).map((one) => one.trim());
