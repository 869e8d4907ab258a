import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch, type Visitor } from "./browser.js";
import { url } from "./here.js";
import { befriend, come, leave, light, walkIn, windowOf } from "./rooms.js";

// Eight play it in every run.
const long = process.env["CHAT_LONG"] === undefined ? () => undefined : it;
const names = ["Mia", "Noor", "Sven"] as const;
let browser: Browser;
let people: readonly Visitor[] = [];
let room = "";

const game = ({ page }: Visitor) => page.locator(".game");
const button = (visitor: Visitor, name: string | RegExp) => game(visitor).getByRole("button", { name });
const all = <T>(act: (one: Visitor) => Promise<T>): Promise<T[]> => Promise.all(people.map(act));

beforeAll(async () => {
  browser = await launch();
  people = await Promise.all(names.map((name) => come(browser, url, name)));
  const [mia, noor, sven] = people as [Visitor, Visitor, Visitor];
  for (const { page } of people) page.setDefaultTimeout(20_000);
  await befriend(noor, mia, ["Noor", "Mia"]);
  await befriend(sven, mia, ["Sven", "Mia"]);
  for (const one of [mia, sven]) {
    await light(one, "Hut");
    await leave(one);
  }
  room = await light(mia, "Parlour");
  await Promise.all([walkIn(noor, room), walkIn(sven, room)]);
});

afterEach(() => all(async (one) => expect(one.complaints.splice(0)).toEqual([])));

afterAll(async () => {
  await all((one) => leave(one).then(one.close));
  await browser?.close();
});

/** Mia offers a game, the others sit down, and it begins. */
async function begin(title: string, players = people): Promise<void> {
  const [mia, ...others] = players as [Visitor, ...Visitor[]];
  await mia.page.getByRole("button", { name: "Games" }).click();
  await game(mia)
    .getByRole("radio", { name: new RegExp(`^${title}`) })
    .check();
  await button(mia, `Offer ${title}`).click();
  for (const other of others) await button(other, "Sit down").click();
  await button(mia, "Begin").and(mia.page.locator('[aria-disabled="false"]')).waitFor();
  await expect.poll(() => game(mia).locator(".place:not(.free)").count()).toBe(players.length);
  await mia.page.locator("body").press("1");
}

/** It is over for everybody, and everybody finds that it was fair. */
async function isProved(): Promise<void> {
  await all(async (one) => {
    await button(one, "Verify the game").click({ timeout: 60_000 });
    await game(one).getByText("It was a fair deal").waitFor();
    expect(await game(one).locator(".proof .holds").count()).toBe(5);
  });
}

const isOver = async (): Promise<boolean> => (await button(people[0] as Visitor, "Verify the game").count()) > 0;

/** Has everybody do what there is to do for them, until the game is over. */
async function play(turn: (one: Visitor) => Promise<void>): Promise<void> {
  while (!(await isOver())) {
    await all(turn);
    await people[0]?.page.waitForTimeout(100);
  }
}

/** Presses the first that is there and may be pressed, if any is. */
async function pressed(one: Visitor, which: string): Promise<boolean> {
  return one.page.evaluate((selector) => {
    const found = document.querySelector<HTMLButtonElement>(selector);
    found?.click();
    return found !== null;
  }, which);
}

long("24 three play trivia to the end, and each can verify it", { timeout: 120_000 }, async () => {
  await begin("Trivia");
  let at = 0;
  await play(async (one) => {
    await pressed(one, `.answers li:nth-child(${1 + (at++ % 4)}) .answer[aria-disabled="false"]`);
  });
  await people[1]?.picture("game-trivia-over");
  await isProved();
});

it("24 three play heads-up to the end, and each can verify it", { timeout: 120_000 }, async () => {
  await begin("Heads-up");
  await play(async (one) => void (await pressed(one, ".game-act")));
  await isProved();
});

it("24 three draw and guess to the end, and each can verify it", { timeout: 120_000 }, async () => {
  await begin("Quick draw");
  let drawn = 0;
  await play(async (one) => {
    const { page } = one;
    await pressed(one, ".choices li:nth-child(2) .answer");
    const word = await page
      .locator(".game .told b")
      .first()
      .textContent({ timeout: 50 })
      .catch(() => null);
    const box = await page
      .locator(".sheet.mine")
      .boundingBox({ timeout: 50 })
      .catch(() => null);
    if (!word || !box) return;
    await page.mouse.move(box.x + 30, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 120, { steps: 12 });
    await page.mouse.up();
    for (const other of people.filter((who) => who !== one)) {
      const canvas = other.page.locator(".sheet");
      const isSeen = (): Promise<boolean> =>
        canvas.evaluate((sheet: HTMLCanvasElement) =>
          (sheet.getContext("2d")?.getImageData(0, 0, sheet.width, sheet.height).data ?? []).some((dot) => dot > 0),
        );
      await expect.poll(isSeen, { timeout: 10_000 }).toBe(true);
      drawn++;
      await game(other).getByRole("textbox", { name: "Your guess" }).fill(`  ${word.toUpperCase()} `);
      await other.page.keyboard.press("Enter");
    }
    await page.locator(".sheet.mine").waitFor({ state: "detached" });
  });
  expect(drawn).toBe(6);
  await isProved();
});

it("24 three play potluck to the end, and each can verify it", { timeout: 180_000 }, async () => {
  await begin("Potluck");
  await play(async (one) => void (await pressed(one, '.small-card[aria-disabled="false"]')));
  await isProved();
});

it("plays once more, and whoever leaves in the middle ends it where too few are left", async () => {
  await button(people[0] as Visitor, "Once more").click();
  for (const other of people.slice(1)) await button(other, "Sit down").click();
  await expect
    .poll(() =>
      game(people[0] as Visitor)
        .locator(".place:not(.free)")
        .count(),
    )
    .toBe(3);
  await button(people[1] as Visitor, "Begin").click();
  await button(people[2] as Visitor, "Get up").click();
  await all((one) => game(one).getByText("It ended early").waitFor());
  await isProved();
});

it("shows on the window and in the street which game is played, until it is over", async () => {
  const [mia, noor, sven] = people as [Visitor, Visitor, Visitor];
  await leave(sven);
  await begin("Trivia", [mia, noor]);
  const there = windowOf(sven, room);
  const says = (game: string) => `${room}, unlocked: Mia, Noor.${game} Noor is new to you: Mia’s friend. Walk in`;
  await there.getByRole("button", { name: says(" Trivia.") }).waitFor();
  expect(await findings(sven)).toEqual([]);
  for (const [width, height, name] of [
    [390, 844, "house-game-phone"],
    [1280, 800, "house-game"],
  ] as const) {
    await sven.page.setViewportSize({ width, height });
    await there.scrollIntoViewIfNeeded();
    await sven.picture(name);
  }
  await sven.page.evaluate(() => void (location.hash = "#/people"));
  await sven.page.locator("button.window", { hasText: room }).getByText("trivia · walk in").waitFor();
  await sven.picture("street-game");
  await sven.home();
  await noor.page.getByRole("button", { name: "Get up" }).click();
  await there.getByRole("button", { name: says("") }).waitFor();
  await walkIn(sven, room);
});
