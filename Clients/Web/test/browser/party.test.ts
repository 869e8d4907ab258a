import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { fakeMedia, launch } from "./browser.js";
import { url } from "./here.js";
import { button, ceases, draw, framesOf, game, guess, guests, Party, presses, within, type Guest } from "./party.js";
import { leave, light, walkIn, windowOf } from "./rooms.js";

// Eight at one party, from the door to the last light: each test goes on where the one before it ended.
// What takes a minute each: three play these in every run.
const long = process.env["CHAT_LONG"] === undefined ? () => undefined : it;
let browser: Browser;
let party: Party;
let room = "";
let gone: Guest;

beforeAll(async () => {
  browser = await launch(...fakeMedia);
  party = await Party.come(browser, url);
});

beforeEach(({ onTestFailed }) => onTestFailed(() => party.pictures()));

afterEach(() => party.each(async (one) => expect(one.complaints.splice(0)).toEqual([])));

afterAll(() => browser?.close());

it("all walk in at once, and wander to another room", { timeout: 90_000 }, async () => {
  const [mia, noor, sven] = [party.of("Mia"), party.of("Noor"), party.of("Sven")];
  const parlour = await light(mia, "Parlour");
  await party.each((one) => walkIn(one, parlour), party.but("Mia"));
  await party.counts(parlour, guests.length);
  await noor.home();
  room = await light(noor, "Den");
  await party.each((one) => one.home(), party.but("Noor"));
  // Sven knows nobody there, until Mia is.
  expect(await windowOf(sven, room).count()).toBe(0);
  await party.each((one) => walkIn(one, room), party.but("Noor"));
  await party.counts(room, guests.length);
  await mia.home();
  await windowOf(mia, parlour).waitFor({ state: "detached" });
  await walkIn(mia, room);
});

it("whoever comes to a locked door is let in, by whichever of two is quicker", { timeout: 60_000 }, async () => {
  const [mia, sven] = [party.of("Mia"), party.of("Sven")];
  await mia.page.locator("body").press("l");
  await party.each(({ page }) => page.locator(".room-bar .how svg").waitFor());
  await leave(sven);
  const door = windowOf(sven, room);
  await door.getByText("Who’s inside stays inside").waitFor();
  await door.getByRole("button", { name: /Knock$/ }).click();
  await party.each(({ page }) => page.getByText("Sven is knocking").waitFor(), party.but("Sven"));
  const admits = party.but("Sven").slice(2, 4);
  // Both at once: to whom it is gone by then, it is gone.
  await party.each(
    ({ page }) => page.evaluate(() => document.querySelector<HTMLElement>(".knock .lamp")?.click()),
    admits,
  );
  await party.counts(room, guests.length);
  await party.each(({ page }) => page.locator(".knock").waitFor({ state: "detached" }));
});

it("everybody hears everybody, and sees who is seen", { timeout: 120_000 }, async () => {
  await party.each(({ page }) => page.locator("body").press("m"));
  // That a microphone is on is told from device to device: eight times seven connections carry it.
  await party.each(({ page }) => expect.poll(() => page.locator(".quiet-mic").count(), { timeout: 60_000 }).toBe(0));
  await party.each(({ page }) => page.locator("body").press("m"));
  await party.each(({ page }) =>
    expect.poll(() => page.locator(".quiet-mic").count(), { timeout: 60_000 }).toBe(guests.length),
  );
  const noor = party.of("Noor");
  await noor.page.locator("body").press("v");
  try {
    // One picture is made seven times over: on a small machine it is enough that it arrives with some.
    const some = (["Mia", "Kofi", "Sven"] as const).map((name) => party.of(name));
    await Promise.any(some.map(async (one) => expect(await framesOf(one, "Noor")).toBeGreaterThanOrEqual(3)));
    await party.of("Dev").picture("party");
  } finally {
    // What follows is slow while it is made.
    await noor.page.locator("body").press("v");
  }
  await party.each(({ page }) => page.locator(".seat video").waitFor({ state: "detached" }));
});

it("24 eight play trivia to the end, and each can verify it", { timeout: 150_000 }, async () => {
  await party.begin("Trivia", 3, "Mia", "Noor");
  await party.each((one) =>
    presses(one, `.answers li:nth-child(${1 + (party.all.indexOf(one) % 4)}) .answer[aria-disabled="false"]`),
  );
  await party.prove();
  await party.of("Yuki").picture("party-trivia");
  await party.each(ceases);
});

long("24 eight play heads-up to the end, and each can verify it", { timeout: 150_000 }, async () => {
  await party.begin("Heads-up", 1, "Tomás", "Sven");
  // Two explain to whoever guesses, and may say at once that it was said; Sven passes.
  await party.each((one) => presses(one, ".game-act.lamp"), party.but("Mia", "Yuki", "Sven"));
  await party.each((one) => presses(one, ".game-act.lamp, .game-act.action"), [party.of("Mia"), party.of("Yuki")]);
  await presses(party.of("Sven"), ".game-act.lamp, .game-act.quiet");
  await party.prove();
  await party.each(ceases);
});

long("24 eight draw and guess to the end, and each can verify it", { timeout: 200_000 }, async () => {
  await party.begin("Quick draw", 1, "Yuki", "Kofi");
  await party.each((one) => presses(one, ".choices li:nth-child(2) .answer"));
  const drew = new Set<number>();
  while (drew.size < guests.length) {
    const drawer = await Promise.any(
      party.all.map(async (one, at) => {
        if (drew.has(at)) throw new Error("was it before");
        await one.page.locator(".sheet.mine").waitFor();
        return at;
      }),
    );
    drew.add(drawer);
    const one = party.all[drawer] as (typeof party.all)[number];
    const word = await draw(one);
    await party.each(
      (other) => guess(other, word),
      party.all.filter((other) => other !== one),
    );
    const told = drew.size < guests.length ? `It was ${word}` : `The last word was: ${word}.`;
    await party.each((other) => game(other).getByText(told).waitFor());
    if (drew.size === 1) await party.of("Mia").picture("party-drawn");
  }
  await party.prove();
  await party.each(ceases);
});

it("24 eight bring cards to the end, and each can verify it", { timeout: 150_000 }, async () => {
  await party.begin("Potluck", 3, "Inês", "Inês");
  await party.each((one) => presses(one, '.small-card[aria-disabled="false"]'));
  await party.prove();
  await party.each(ceases);
});

it("plays once more, one leaves in the middle, and the others play on", { timeout: 90_000 }, async () => {
  const mia = party.of("Mia");
  await button(mia, "Once more").click();
  await party.sit("Dev", party.but("Mia"));
  await party.each((one) => game(one).getByText("Round 1 of 3").waitFor());
  // Not who judges, for without them there is no round.
  const judges = await game(mia).locator(".game-head p").innerText();
  gone = judges.includes("Kofi") ? "Dev" : "Kofi";
  await leave(party.of(gone));
  const others = party.but(gone);
  await party.each((one) => presses(one, '.small-card[aria-disabled="false"]'), others);
  await party.each((one) => game(one).locator(".score.gone", { hasText: gone }).waitFor(), others);
  await party.each((one) => game(one).locator(".on-table .best").waitFor(within), others);
  await party.each(ceases, others);
});

it("all leave, and the room is dark", { timeout: 60_000 }, async () => {
  await party.each(leave, party.but(gone));
  await party.each((one) => windowOf(one, room).waitFor({ state: "detached" }));
  const others = guests.filter((name) => name !== "Mia");
  for (const name of others) await party.of("Mia").page.locator(".standers", { hasText: name }).waitFor();
});
