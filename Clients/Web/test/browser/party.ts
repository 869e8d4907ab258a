import type { Browser } from "playwright-core";
import { expect } from "vitest";
import type { Visitor } from "./browser.js";
import { come } from "./rooms.js";

/** Mia's friends and she: of the others not all know each other. */
export const guests = ["Mia", "Noor", "Tomás", "Yuki", "Dev", "Kofi", "Inês", "Sven"] as const;
export type Guest = (typeof guests)[number];

export const game = ({ page }: Visitor) => page.locator(".game");
export const button = (one: Visitor, name: string | RegExp) => game(one).getByRole("button", { name });

/** Some people, each at a browser of their own. */
export class Party {
  private constructor(private readonly people: ReadonlyMap<Guest, Visitor>) {}

  static async come(browser: Browser, url: string): Promise<Party> {
    // What moves is drawn without a graphics card, eight times over: most look at a page that keeps still.
    const still = { reducedMotion: "reduce", viewport: { width: 1000, height: 700 } };
    const come_ = async (name: Guest) => [name, await come(browser, url, name, name === "Mia" ? {} : still)] as const;
    const party = new Party(new Map(await Promise.all(guests.map(come_))));
    for (const { page } of party.all) page.setDefaultTimeout(30_000);
    return party;
  }

  get all(): readonly Visitor[] {
    return [...this.people.values()];
  }

  of(name: Guest): Visitor {
    return this.people.get(name) as Visitor;
  }

  but = (...names: readonly Guest[]): readonly Visitor[] =>
    guests.filter((one) => !names.includes(one)).map((one) => this.of(one));

  /** What everybody does, all at once. */
  each = <T>(act: (one: Visitor) => Promise<T>, people = this.all): Promise<T[]> => Promise.all(people.map(act));

  /** What everybody sees just now. */
  async pictures(): Promise<void> {
    for (const [name, one] of this.people) await one.picture(`party-failed-${name}`);
  }

  /** Everybody sees that so many are in the room. */
  async counts(room: string, count: number): Promise<void> {
    await this.each(async ({ page }) => {
      await page.locator(".inside .room-bar h1", { hasText: room }).waitFor();
      await page.locator(".room-bar .how", { hasText: `${count} of 8` }).waitFor();
      await expect.poll(() => page.locator(".seat").count()).toBe(count);
    });
  }

  /** One offers a game, the others sit down, and one of them begins it. */
  async begin(title: string, rounds: number, offers: Guest, begins: Guest): Promise<void> {
    const one = this.of(offers);
    await one.page.getByRole("button", { name: "Games" }).click();
    await game(one)
      .getByRole("radio", { name: new RegExp(`^${title}`) })
      .check();
    await game(one)
      .getByRole("radio", { name: String(rounds), exact: true })
      .check();
    await button(one, `Offer ${title}`).click();
    await this.sit(begins, this.but(offers));
  }

  /** They sit down, all at once, and once all do one of them begins. */
  async sit(begins: Guest, people: readonly Visitor[]): Promise<void> {
    await this.each((one) => button(one, "Sit down").click(), people);
    const beginner = this.of(begins);
    await expect.poll(() => game(beginner).locator(".place:not(.free)").count(), within).toBe(guests.length);
    await button(beginner, "Begin").click();
  }

  /** It is over for everybody, and everybody finds that it was fair. */
  async prove(): Promise<void> {
    await this.each(async (one) => {
      await button(one, "Verify the game").click({ timeout: 90_000 });
      await game(one).getByText("It was a fair deal").waitFor();
      expect(await game(one).locator(".proof .holds").count()).toBe(5);
    });
  }
}

export const within = { timeout: 30_000 };

declare global {
  interface Window {
    pressing?: MutationObserver;
  }
}

/**
 * From now on presses in the page whatever of these is there, as soon as it is: to go by way of the test for each would
 * take most of the time. What was pressed is pressed again once the game has become another, or a second is over.
 */
export async function presses({ page }: Visitor, ...which: string[]): Promise<void> {
  await page.evaluate((selectors) => {
    let before = "";
    const look = (): void => {
      const found = selectors.flatMap((one) => document.querySelector<HTMLButtonElement>(one) ?? [])[0];
      const now = document.querySelector(".game")?.textContent ?? "";
      if (!found || now === before) return;
      before = now;
      found.click();
    };
    window.pressing?.disconnect();
    window.pressing = new MutationObserver(look);
    window.pressing.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  }, which);
}

export const ceases = ({ page }: Visitor): Promise<void> => page.evaluate(() => void window.pressing?.disconnect());

/** Draws a line across the sheet; gives the word that it stands for. */
export async function draw({ page }: Visitor): Promise<string> {
  const word = await page.locator(".game .told b").first().innerText();
  const box = await page.locator(".sheet.mine").boundingBox();
  if (!box) throw new Error("no sheet");
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 120, { steps: 12 });
  await page.mouse.up();
  return word;
}

/** Sees that something is on the sheet, and says what it is. */
export async function guess(one: Visitor, word: string): Promise<void> {
  const isSeen = (): Promise<boolean> =>
    one.page
      .locator(".sheet:not(.mine)")
      .evaluate((sheet: HTMLCanvasElement) =>
        (sheet.getContext("2d")?.getImageData(0, 0, sheet.width, sheet.height).data ?? []).some((dot) => dot > 0),
      );
  await expect.poll(isSeen, within).toBe(true);
  await game(one).getByRole("textbox", { name: "Your guess" }).fill(`  ${word.toUpperCase()} `);
  await one.page.keyboard.press("Enter");
}

/** How many frames of a video come within a few seconds, as far as it matters. */
export const framesOf = ({ page }: Visitor, name: string): Promise<number> =>
  page
    .locator(".seat", { hasText: name })
    .locator("video")
    .evaluate(async (video: HTMLVideoElement) => {
      let count = 0;
      const until = Date.now() + 20_000;
      const next = (): void => void (count++, video.requestVideoFrameCallback(next));
      video.requestVideoFrameCallback(next);
      while (count < 3 && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
      return count;
    });
