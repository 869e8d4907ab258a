import type { Browser } from "playwright-core";
import { Visitor } from "./browser.js";
import type { Screen } from "./reporting.js";

/** Comes in, to the house. */
export async function come(browser: Browser, url: string, name: string, options: object = {}): Promise<Visitor> {
  const visitor = await Visitor.enter(browser, url, name, options);
  await visitor.page.locator(".house .window-card button").first().waitFor();
  return visitor;
}

/** Makes two friends, if they are not. */
export async function befriend(one: Visitor, other: Visitor, names: readonly [string, string]): Promise<void> {
  await one.page.evaluate(() => void (location.hash = "#/people"));
  await one.page.getByRole("button", { name: `What you can do about ${names[1]}`, exact: true }).click();
  const dialog = one.page.locator("dialog[open]");
  await dialog.locator(".menu-item.rose").first().waitFor();
  const asking = dialog.getByRole("button", { name: "Ask to be friends" });
  if (await asking.count()) {
    await asking.click();
    await other.page.evaluate(() => void (location.hash = "#/people"));
    await other.page.getByRole("button", { name: `Be friends with ${names[0]}` }).click();
    await one.page.getByRole("region", { name: "Friends" }).getByText(names[1]).waitFor();
  } else await one.page.keyboard.press("Escape");
  await Promise.all([one.home(), other.home()]);
}

/** Lights a room; gives its name, which no other has. */
export async function light({ page }: Visitor, what: string): Promise<string> {
  const name = `${what} ${Math.random().toString(36).slice(2, 6)}`;
  await page
    .getByRole("button", { name: /Light it$|^Light a room/ })
    .last()
    .click();
  await page.getByLabel("Its name").fill(name);
  await page.locator("dialog[open]").getByRole("button", { name: "Light it", exact: true }).click();
  await inside(page, name);
  return name;
}

export const inside = (page: Visitor["page"], name: string): Promise<void> =>
  page.locator(".inside .room-bar h1", { hasText: name }).waitFor();

/** The window of a room, in the house. */
export const windowOf = ({ page }: Visitor, name: string) => page.locator(".window-card", { hasText: name });

export async function walkIn(visitor: Visitor, name: string): Promise<void> {
  await windowOf(visitor, name)
    .getByRole("button", { name: /Walk in$|Go in$/ })
    .click();
  await inside(visitor.page, name);
}

export async function sayInRoom({ page }: Visitor, text: string): Promise<void> {
  await page.locator("#room-say").fill(text);
  await page.locator("#room-say").press("Enter");
}

export async function leave({ page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.locator(".house").waitFor();
}

const study: Screen = async ({ page }) => {
  await page.getByRole("button", { name: /^Study, unlocked/ }).click();
  await inside(page, "Study");
};

const opened = (page: Visitor["page"]): Promise<void> => page.locator("dialog[open] button").first().waitFor();

/** Every screen of the house and of a room, from the house. */
export const ofRooms: Readonly<Record<string, Screen>> = {
  room: study,
  "room-person": async (visitor) => {
    await study(visitor);
    await visitor.page
      .getByRole("button", { name: /^More about/ })
      .first()
      .click();
    await opened(visitor.page);
  },
  "room-reactions": async (visitor) => {
    await study(visitor);
    await visitor.page.getByRole("button", { name: "More reactions" }).click();
  },
  "wave-over": async (visitor) => {
    await study(visitor);
    await visitor.page.getByRole("button", { name: "Wave someone over" }).click();
    await opened(visitor.page);
  },
  "light-a-room": async ({ page }) => {
    await page
      .getByRole("button", { name: /Light it$|^Light a room/ })
      .last()
      .click();
    await opened(page);
    await page.locator(".guests summary").click();
  },
  presence: async ({ page }) => {
    await page.locator(".street .state").click();
    await opened(page);
  },
  "no-room": async ({ page }) => {
    await page.evaluate(() => void (location.hash = "#/r/rnone"));
    await page.locator(".outside > p").waitFor();
  },
};
