import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { fakeMedia, launch, type Visitor } from "./browser.js";
import { url } from "./here.js";
import { befriend, come, inside, leave, light, sayInRoom, walkIn, windowOf } from "./rooms.js";

let browser: Browser;
let open: Visitor[] = [];

beforeAll(async () => {
  browser = await launch(...fakeMedia);
  // Mia and Noor are friends, Mia and Sven are, and Sven is new to Noor.
  const [mia, noor, sven] = await Promise.all(["Mia", "Noor", "Sven"].map((name) => visit(name)));
  await befriend(noor as Visitor, mia as Visitor, ["Noor", "Mia"]);
  await befriend(sven as Visitor, mia as Visitor, ["Sven", "Mia"]);
  // Out of the rooms that they are in to begin with.
  for (const one of [mia, sven] as Visitor[]) {
    await light(one, "Hut");
    await leave(one);
  }
});

afterEach(async () => {
  for (const one of open) {
    expect(one.complaints).toEqual([]);
    // Whoever is inside goes out, for a room ends with the last.
    if (await one.page.locator(".dock .leave").count()) await leave(one);
    await one.close();
  }
  open = [];
});

afterAll(() => browser?.close());

async function visit(name: string, options: object = {}): Promise<Visitor> {
  const visitor = await come(browser, url, name, options);
  open.push(visitor);
  visitor.page.setDefaultTimeout(15_000);
  return visitor;
}

it("2 walks in by one tap, and says through whom", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Den");
  const there = windowOf(noor, name);
  await there.getByRole("button", { name: `${name}, unlocked: Mia. Walk in` }).click();
  await inside(noor.page, name);
  const way = noor.page.locator(".room-lines .happened", { hasText: "You walked in at" });
  await expect.poll(() => way.last().innerText()).toMatch(/You walked in at \d\d:\d\d, through Mia/);
  await mia.page.locator(".seat", { hasText: "Noor" }).waitFor();
  await noor.picture("room");
  expect(await findings(noor)).toEqual([]);
});

it("3 a locked room shows nobody, and 4, 5 a stranger is named with their path before one walks in", async () => {
  const [mia, noor, sven] = await Promise.all([visit("Mia"), visit("Noor"), visit("Sven")]);
  const name = await light(mia, "Loft");
  await walkIn(sven, name);
  const there = windowOf(noor, name);
  await there.getByText("Sven is new to you: Mia’s friend").waitFor();
  await noor.picture("house-stranger");
  expect(await findings(noor)).toEqual([]);
  await mia.page.locator("body").press("l");
  await there.getByText("Who’s inside stays inside").waitFor();
  const shown = await there.evaluate((one) => one.outerHTML);
  for (const person of ["Mia", "mia", "Sven", "sven", "2 of"]) expect(shown).not.toContain(person);
  expect(await noor.page.locator(".hall").innerText()).not.toContain("Sven");
  expect(await findings(noor)).toEqual([]);
});

it("whoever knocks is let in, and is inside", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Pantry");
  await mia.page.locator("body").press("l");
  await windowOf(noor, name)
    .getByRole("button", { name: /Knock$/ })
    .click();
  await windowOf(noor, name).getByText("Knocked…").waitFor();
  await mia.page.getByText("Noor is knocking").waitFor();
  await mia.picture("knock");
  expect(await findings(mia)).toEqual([]);
  await mia.page.getByRole("button", { name: "Let Noor in" }).click();
  await inside(noor.page, name);
  await noor.page.locator(".room-lines .happened", { hasText: "let in by Mia" }).waitFor();
  await mia.page.locator(".knock").waitFor({ state: "detached" });
});

it("whoever knocked walks in where it was opened meanwhile", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Barn");
  await mia.page.locator("body").press("l");
  await windowOf(noor, name)
    .getByRole("button", { name: /Knock$/ })
    .click();
  await mia.page.getByText("Noor is knocking").waitFor();
  await mia.page.locator("body").press("l");
  await walkIn(noor, name);
});

it("comes back into the room when the page is loaded anew", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Tent");
  await walkIn(noor, name);
  await noor.page.reload();
  await inside(noor.page, name);
  await noor.page.keyboard.press("v");
  await mia.page.locator(".seat", { hasText: "Noor" }).locator("video").waitFor();
});

it("whoever is not let in is told so, and what else there is", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Cellar");
  await mia.page.locator("body").press("l");
  await windowOf(noor, name)
    .getByRole("button", { name: /Knock$/ })
    .click();
  await mia.page.getByRole("button", { name: "Not now, Noor" }).click();
  const note = windowOf(noor, name).getByRole("alert");
  await note.getByText("Not now, they say.").waitFor();
  await noor.picture("not-now");
  expect(await note.getByRole("button", { name: /^Light the/ }).count()).toBe(1);
});

it("talks in the room, and notes to one are seen by them alone", async () => {
  const [mia, noor, sven] = await Promise.all([visit("Mia"), visit("Noor"), visit("Sven")]);
  const name = await light(mia, "Porch");
  await Promise.all([walkIn(noor, name), walkIn(sven, name)]);
  await sayInRoom(noor, "the cat types");
  for (const one of [mia, noor, sven]) await one.page.locator(".room-line", { hasText: "the cat types" }).waitFor();
  await mia.page.getByRole("button", { name: "More about Noor" }).click();
  await mia.page.getByRole("button", { name: "A note, only for Noor" }).click();
  await sayInRoom(mia, "it is the banana");
  await noor.page.locator(".note-line", { hasText: "it is the banana" }).waitFor();
  await sayInRoom(mia, "and now for all");
  await sven.page.locator(".room-line", { hasText: "and now for all" }).waitFor();
  expect(await sven.page.locator(".room-line", { hasText: "banana" }).count()).toBe(0);
  await noor.picture("room-note");
  expect(await findings(noor)).toEqual([]);
});

it("19 by keyboard: into the room, heard, locked, waved over, back to the house", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Nook");
  const door = windowOf(noor, name).getByRole("button", { name: /Walk in$/ });
  await door.focus();
  await noor.page.keyboard.press("Enter");
  await inside(noor.page, name);
  for (const key of ["m", "v"]) await noor.page.keyboard.press(key);
  const seen = mia.page.locator(".seat", { hasText: "Noor" });
  await seen.locator("video").waitFor();
  await expect.poll(() => seen.locator(".quiet-mic").count()).toBe(0);
  const frames = await seen.locator("video").evaluate(async (video) => {
    let count = 0;
    const until = Date.now() + 8000;
    const next = (): void => void (count++, (video as HTMLVideoElement).requestVideoFrameCallback(next));
    (video as HTMLVideoElement).requestVideoFrameCallback(next);
    while (count < 3 && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
    return count;
  });
  expect(frames).toBeGreaterThanOrEqual(3);
  await noor.page.keyboard.press("w");
  await noor.page.getByRole("dialog", { name: "Wave someone over" }).waitFor();
  await noor.page.keyboard.press("Escape");
  await noor.page.keyboard.press("l");
  await mia.page.getByText("Locked by Noor").waitFor();
  for (const key of ["g", "h"]) await noor.page.keyboard.press(key);
  await windowOf(noor, name)
    .getByRole("button", { name: /Go in$/ })
    .waitFor();
  await walkIn(noor, name);
});

it("6 whoever sneaks in is told to nobody, and whoever is out stands nowhere", async () => {
  const mia = await visit("Mia");
  const noor = await visit("Noor");
  const inHall = mia.page.locator(".standers", { hasText: "Noor" });
  await inHall.waitFor();
  await mia.page.locator(".banner").waitFor({ state: "detached" });
  await noor.page.getByRole("button", { name: "Sneak out" }).click();
  await inHall.waitFor({ state: "detached" });
  await noor.page.getByRole("button", { name: "Sneaked out" }).click();
  await noor.page
    .locator("dialog[open]")
    .getByRole("button", { name: /^Sneak in/ })
    .click();
  await noor.page.locator(".standers", { hasText: "You, unseen" }).waitFor();
  await mia.page.waitForTimeout(700);
  expect(await mia.page.locator(".banner").count()).toBe(0);
  expect(await inHall.count()).toBe(0);
});

it("a wave is seen, one too many is not sent, and one over leads through a locked door", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  await noor.page.getByRole("button", { name: "Wave at Mia" }).first().click();
  await noor.page.getByRole("button", { name: "Waved. Buzz Mia" }).first().click();
  await noor.page.locator(".banner", { hasText: "You waved a moment ago. Try again in" }).waitFor();
  await mia.page.getByRole("button", { name: "Wave back at Noor" }).first().waitFor();
  await mia.picture("house-waved");
  const name = await light(mia, "Shed");
  await mia.page.locator("body").press("l");
  await mia.page.locator("body").press("w");
  await mia.page.getByRole("button", { name: "Wave Noor over" }).click();
  await mia.page.getByRole("button", { name: "Wave Noor over" }).click();
  await mia.page.getByRole("alert").getByText("You waved a moment ago. Try again in").waitFor();
  await mia.page.keyboard.press("Escape");
  await noor.page
    .locator(".wave-pill", { hasText: "Mia" })
    .getByRole("button", { name: /Walk in/ })
    .click();
  await inside(noor.page, name);
});

it("who is ghosted does not see one, and is seen again when one ends it", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const inHall = mia.page.locator(".standers", { hasText: "Noor" });
  await inHall.waitFor();
  const ghost = async (): Promise<void> => {
    await noor.page.evaluate(() => void (location.hash = "#/people"));
    await noor.page.getByRole("button", { name: "What you can do about Mia", exact: true }).click();
    await noor.page.getByLabel(/^Ghost: Mia is not told of you/).click();
    await noor.picture("ghosting");
    await noor.home();
  };
  await ghost();
  await inHall.waitFor({ state: "detached" });
  await ghost();
  await inHall.waitFor();
});

it("private mode locks the room that one walks into", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const turn = async (): Promise<void> => {
    await noor.page.locator(".street .state").click();
    await noor.page.getByLabel(/^Private/).click();
    await noor.page.keyboard.press("Escape");
  };
  const name = await light(mia, "Hide");
  await turn();
  await walkIn(noor, name);
  await mia.page.getByText("Locked by Noor").waitFor();
  await leave(noor);
  await turn();
});
