import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { focused, hears, isAt, listen, press, tabTo } from "./focus.js";
import { url } from "./here.js";
import { inside, windowOf } from "./rooms.js";

// No hand on a mouse: whatever is done here is done by a key, and what has the focus is seen.
const room = `Nest ${Math.random().toString(36).slice(2, 6)}`;
let browser: Browser;
let mia: Visitor;
let noor: Visitor;

beforeAll(async () => {
  browser = await launch();
  mia = await Visitor.open(browser, url);
  noor = await Visitor.open(browser, url);
});

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    await mia.picture("keyboard-failed-mia");
    await noor.picture("keyboard-failed-noor");
  }),
);

afterAll(async () => {
  expect([...mia.complaints, ...noor.complaints]).toEqual([]);
  await browser?.close();
});

it("19 comes into the house, and lights a room", async () => {
  for (const [one, name] of [
    [mia, /^Mia/],
    [noor, /^Noor/],
  ] as const) {
    await one.page.locator(".cast button").first().waitFor();
    await tabTo(one, name);
    await press(one, "Enter");
    await one.page.locator(".house .window-card button").first().waitFor();
    await listen(one);
  }
  await tabTo(mia, /Light it$|^Light a room/);
  await press(mia, "Enter");
  await mia.page.locator("dialog[open]").waitFor();
  await tabTo(mia, /^Its name/);
  await press(mia, "Control+a");
  await mia.page.keyboard.type(room);
  await press(mia, "Enter");
  await isAt(mia, room);
});

it("19 locks, knocks, and lets in", async () => {
  await press(mia, "l");
  await hears(mia, "Locked: whoever wants in knocks.");
  // Not among the first six where another test has left rooms.
  const all = noor.page.getByRole("button", { name: /^All rooms/ });
  await windowOf(noor, room).or(all).first().waitFor();
  if (await all.isVisible()) {
    await tabTo(noor, /^All rooms/);
    await press(noor, "Enter");
  }
  await tabTo(noor, new RegExp(`^${room}, locked`));
  await press(noor, "Enter");
  await hears(noor, `Knocked at ${room}.`);
  await hears(mia, "Noor is knocking");
  await press(mia, "k");
  await isAt(mia, "Let Noor in");
  await press(mia, "Enter");
  await isAt(mia, room);
  await isAt(noor, room);
  await hears(mia, "Noor walked in at");
  await press(noor, "l");
  await hears(noor, "Unlocked: friends may walk in.");
});

it("19 writes a note, laughs, and gets out of each", async () => {
  await tabTo(mia, /^More about Noor/);
  await press(mia, "Enter");
  await tabTo(mia, /^A note, only for Noor/);
  await press(mia, "Enter");
  await isAt(mia, "A note to Noor");
  await mia.page.keyboard.type("the cake is hidden");
  await press(mia, "Enter");
  await hears(noor, "Note from Mia: the cake is hidden");
  await press(mia, "Escape");
  await isAt(mia, room);
  await press(noor, "+");
  await expect.poll(() => noor.page.locator(".picker :focus").count()).toBe(1);
  await press(noor, "Escape");
  await isAt(noor, "More reactions");
  await press(noor, "Enter");
  await expect.poll(() => noor.page.locator(".picker :focus").count()).toBe(1);
  await press(noor, "ArrowRight", "Enter");
  await isAt(noor, "More reactions");
  await hears(mia, "Noor: ");
  await press(noor, "End");
  await isAt(noor, "Leave");
  await press(noor, "Home");
  await isAt(noor, "Your microphone");
  await press(noor, "w");
  await noor.page.locator("dialog[open]").waitFor();
  await press(noor, "Escape");
  await isAt(noor, "Your microphone");
});

it("19 offers a game, plays it to its end, and verifies it", { timeout: 90_000 }, async () => {
  await tabTo(mia, /Games$/);
  await press(mia, "Enter");
  await isAt(mia, /^💡? ?Trivia/);
  await press(mia, "Escape");
  await isAt(mia, /Games$/);
  await press(mia, "Enter");
  await isAt(mia, /Trivia/);
  await press(mia, "ArrowRight", "ArrowRight");
  await isAt(mia, /Quick draw/);
  await tabTo(mia, /^Offer Quick draw/);
  await press(mia, "Enter");
  await hears(noor, "Quick draw is offered. Press 1 to sit down.");
  await press(noor, "Escape", "1");
  // Not "One more, and it begins".
  await mia.page.locator(".game-act", { hasText: /Begin/ }).waitFor();
  await press(mia, "1");
  const drew = new Set<Visitor>();
  while (drew.size < 2) {
    const [drawer, other] = await Promise.any(
      [mia, noor].map(async (one) => {
        if (drew.has(one)) throw new Error("was it before");
        await one.page.locator(".choices").waitFor();
        return one === mia ? ([mia, noor] as const) : ([noor, mia] as const);
      }),
    );
    drew.add(drawer);
    await press(drawer, "2");
    await drawer.page.locator(".sheet.mine").waitFor();
    await tabTo(drawer, /^Draw: /);
    await press(drawer, " ", "ArrowRight", "ArrowDown", "ArrowRight", " ");
    const word = await drawer.page.locator(".game .told b").first().innerText();
    await isAt(other, "Your guess");
    await other.page.keyboard.type(word);
    await press(other, "Enter");
  }
  await hears(mia, /won!|share it!/);
  for (const one of [mia, noor]) {
    expect(await focused(one)).not.toBe("");
    await tabTo(one, /^Verify the game/);
    await press(one, "Enter");
    await hears(one, "It was a fair deal");
  }
});

it("19 leaves, is back in the house, and waves", async () => {
  await tabTo(noor, /^Leave$/);
  await press(noor, "Enter");
  await isAt(noor, /^Good .*, Noor/);
  await press(mia, "Escape", "g", "h");
  await isAt(mia, /^Good .*, Mia/);
  await tabTo(mia, new RegExp(`^${room}.*Go in$`));
  await press(mia, "Enter");
  await inside(mia.page, room);
  await isAt(mia, room);
  await tabTo(mia, /^Leave$/);
  await press(mia, "Enter");
  await isAt(mia, /^Good .*, Mia/);
  await tabTo(mia, /^Wave (back )?at Noor/);
  await press(mia, "Enter");
  await hears(mia, "Waved at Noor.");
  await hears(noor, "Mia waves at you.");
});
