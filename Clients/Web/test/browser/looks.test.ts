import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch, Visitor } from "./browser.js";
import { faultOfFocus } from "./focus.js";
import { url } from "./here.js";
import { ofRooms } from "./rooms.js";
import { ofTheHouse, reporting, type Screen } from "./reporting.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

/** Every screen, from the house. */
const screens: Readonly<Record<string, Screen>> = {
  house: async ({ page }) => page.locator(".at-house .main").waitFor(),
  conversation: (visitor) => visitor.read("Sunday supper"),
  aside: async (visitor) => {
    await visitor.read("Sunday supper");
    await visitor.page.getByRole("button", { name: "People and settings" }).click();
    await visitor.page.locator(".aside").waitFor();
  },
  channel: (visitor) => visitor.read("Block party news"),
  people: async ({ page }) => to(page, "#/people", ".at-people .main > *"),
  you: async ({ page }) => to(page, "#/you", ".at-you .main > *"),
  talks: async ({ page }) => to(page, "#/talks", ".at-talks"),
  new: async ({ page }) => {
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.locator("dialog[open]").waitFor();
  },
  goto: async ({ page }) => pressed(page, "Control+k"),
  keys: async ({ page }) => pressed(page, "?"),
  ...ofRooms,
};

/** Every screen of who keeps a conversation, from the house. */
const keeping: Readonly<Record<string, Screen>> = {
  members: async (visitor) => {
    await opened(visitor, "Sunday supper");
  },
  member: async (visitor) => {
    await opened(visitor, "Sunday supper");
    await visitor.page.getByRole("button", { name: "What you can do about Dev" }).click();
    await visitor.page.locator("dialog[open] .menu-item").first().waitFor();
  },
  "ask-in": async (visitor) => dialog(visitor, "Ask people in"),
  settings: async (visitor) => dialog(visitor, "Settings"),
  words: async (visitor) => {
    await dialog(visitor, "Settings");
    await visitor.page.locator(".word-rules summary").click();
    await visitor.page.locator(".word-rules textarea").first().scrollIntoViewIfNeeded();
  },
  roles: async (visitor) => dialog(visitor, "Roles"),
  role: async (visitor) => {
    await dialog(visitor, "Roles");
    await visitor.page.getByRole("button", { name: "New role" }).click();
    await visitor.page.locator("dialog[open] form").waitFor();
  },
  "what-if": async (visitor) => {
    await dialog(visitor, "Settings");
    await visitor.page.getByLabel("Announcements only").check();
    await visitor.page.getByRole("button", { name: "What if…" }).click();
    await visitor.page.locator("dialog[open] .what-if .counters").waitFor();
  },
  links: async (visitor) => {
    await dialog(visitor, "Ask people in");
    await visitor.page.getByRole("button", { name: "Make a link" }).click();
    await visitor.page.locator("dialog[open]").getByText(/^Lets/).first().waitFor();
  },
  done: async (visitor) => {
    await dialog(visitor, "What was done");
    await visitor.page.locator("dialog[open] li").first().waitFor();
  },
  search: async (visitor) => {
    await visitor.read("Sunday supper");
    await visitor.page.getByRole("button", { name: "Search here" }).click();
    await visitor.page.getByRole("searchbox").fill("salad");
    await visitor.page.locator(".hits li").first().waitFor();
  },
  ...reporting,
};

/** How each screen is looked at, all at once. */
const looks = {
  light: { colorScheme: "light", reducedMotion: "reduce", bypassCSP: true },
  dark: { colorScheme: "dark", reducedMotion: "reduce", bypassCSP: true },
  narrow: {},
} as const;
const kinds = Object.keys(looks) as (keyof typeof looks)[];

describe("20 axe finds nothing, in light and in dark, and 22 at 320 px nothing scrolls sideways:", () => {
  const visitors = new Map<string, Visitor>();

  afterAll(() => Promise.all([...visitors.values()].map((one) => one.close())));

  async function visitorOf(who: string, kind: keyof typeof looks): Promise<Visitor> {
    const visitor = visitors.get(`${who} ${kind}`) ?? (await Visitor.enter(browser, url, who, looks[kind]));
    visitors.set(`${who} ${kind}`, visitor);
    return visitor;
  }

  async function look(who: string, kind: keyof typeof looks, name: string, show: Screen): Promise<void> {
    const visitor = await visitorOf(who, kind);
    const { page } = visitor;
    // On a telephone the list is a place of its own: one gets everywhere on a wide screen.
    if (kind === "narrow") await page.setViewportSize({ width: 1280, height: 640 });
    await visitor.home();
    await show(visitor);
    if (kind === "narrow") await page.setViewportSize({ width: 320, height: 640 });
    await visitor.settled();
    await visitor.picture(`${name}-${kind === "narrow" ? 320 : kind}`);
    if (kind === "narrow") expect(await page.evaluate(tooWide)).toEqual([]);
    else expect(await findings(visitor)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  }

  it("sign-in", async () => {
    for (const kind of ["light", "dark"] as const) {
      const anybody = await Visitor.open(browser, url, looks[kind]);
      await anybody.page.locator(".cast button").first().waitFor();
      await anybody.picture(`sign-in-${kind}`);
      expect(await findings(anybody)).toEqual([]);
      await anybody.close();
    }
  });

  for (const [name, show] of Object.entries(screens))
    it(name, () => Promise.all(kinds.map((kind) => look("Noor", kind, name, show))));

  // What one does there changes what others see of it.
  for (const [name, show] of Object.entries(ofTheHouse))
    it(name, async () => {
      for (const kind of kinds) await look("Noor", kind, name, show);
    });

  for (const [name, show] of Object.entries(keeping))
    it(name, () => Promise.all(kinds.map((kind) => look("Mia", kind, name, show))));

  it("axe finds what is wrong", async () => {
    for (const kind of ["light", "dark"] as const) {
      const noor = await visitorOf("Noor", kind);
      await noor.home();
      await noor.page.evaluate(() => document.querySelector(".street button")?.replaceChildren());
      await noor.page.evaluate(() => document.querySelector(".street button")?.removeAttribute("aria-label"));
      expect(await findings(noor)).toHaveLength(1);
    }
  });
});

it("21 whatever has the focus is seen, with a ring, and nothing over it", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.read("Sunday supper");
  const hidden: string[] = [];
  for (let n = 0; n < 40; n++) {
    await noor.page.keyboard.press("Tab");
    const fault = await noor.page.evaluate(faultOfFocus);
    if (fault) hidden.push(fault);
  }
  expect(hidden).toEqual([]);
  await noor.close();
});

it("23 dark is dark, still is still, and forced colours are kept", async () => {
  const noor = await Visitor.enter(browser, url, "Noor", {
    colorScheme: "dark",
    reducedMotion: "reduce",
    forcedColors: "active",
  });
  await noor.read("Sunday supper");
  await noor.picture("conversation-forced");
  const moving = await noor.page.evaluate(
    () =>
      document
        .getAnimations()
        .filter((one) => one.playState === "running" && Number(one.effect?.getTiming().duration) > 250).length,
  );
  expect(moving).toBe(0);
  await noor.close();
  const dark = await Visitor.enter(browser, url, "Noor", { colorScheme: "dark" });
  const [red = 255] = await dark.page.evaluate(() => {
    const { backgroundColor } = getComputedStyle(document.body);
    return (/\d+/g[Symbol.match](backgroundColor) ?? []).map(Number);
  });
  expect(red).toBeLessThan(60);
  await dark.close();
});

async function to(page: Visitor["page"], hash: string, there: string): Promise<void> {
  await page.evaluate((place) => void (location.hash = place), hash);
  await page.locator(there).first().waitFor();
}

async function opened(visitor: Visitor, conversation: string): Promise<void> {
  await visitor.read(conversation);
  await visitor.page.getByRole("button", { name: "People and settings" }).click();
  await visitor.page.locator(".aside").waitFor();
}

async function dialog(visitor: Visitor, name: string): Promise<void> {
  await opened(visitor, "Sunday supper");
  await visitor.page.locator(".aside").getByRole("button", { name, exact: true }).click();
  await visitor.page.locator("dialog[open]").waitFor();
}

async function pressed(page: Visitor["page"], key: string): Promise<void> {
  await page.locator("body").press(key);
  await page.locator("dialog[open]").waitFor();
}

/** What reaches beyond the right edge, and can be scrolled to. */
function tooWide(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
    .map((one) => `${one.tagName} ${one.className}`);
}
