import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, Visitor } from "./browser.js";

const url = inject("url");
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("who asks and is accepted is a friend, on both sides and at once", async () => {
  const [sven, priya] = await Promise.all([people("Sven"), people("Priya")]);
  await menu(sven, "Priya", "Ask to be friends");
  await priya.page.getByRole("button", { name: "Be friends with Sven" }).waitFor();
  await priya.picture("friends-asked");
  await priya.page.getByRole("button", { name: "Be friends with Sven" }).click();
  await sven.page.getByRole("region", { name: "Friends" }).getByText("Priya").waitFor();
  await priya.page.getByRole("region", { name: "Friends" }).getByText("Sven").waitFor();
  await sven.picture("friends");
  await menu(sven, "Priya", "Be friends no more");
  await priya.page.getByRole("region", { name: "Friends" }).getByText("Nobody yet").waitFor();
  await Promise.all([sven.close(), priya.close()]);
});

it("18 whatever is said by who is blocked, nothing differs", async () => {
  const dev = await Visitor.enter(browser, url, "Dev");
  const noor = await Visitor.enter(browser, url, "Noor");
  const kofi = await Visitor.enter(browser, url, "Kofi");
  const [loud, quiet] = [await begin(dev, "loud"), await begin(dev, "quiet")];
  await noor.read(quiet);
  await noor.read(loud);
  await noor.page.getByRole("button", { name: "People and settings" }).click();
  await noor.page.getByRole("button", { name: "What you can do about Kofi" }).click();
  await noor.page.getByRole("button", { name: "Block…" }).click();
  await noor.picture("block");
  await noor.page.getByRole("button", { name: "Block Kofi" }).click();
  await noor.page.locator("dialog[open]").waitFor({ state: "detached" });
  await noor.home();

  await kofi.go(loud);
  await kofi.say("psst @noor, a secret");
  await kofi.sees("a secret");
  const first = kofi.said("hello all");
  await first.focus();
  await kofi.page.keyboard.press("+");
  await kofi.page.locator(".emoji-grid button").first().click();
  await kofi.page.locator("#composer").fill("and still wri");
  for (const group of [loud, quiet]) {
    await dev.go(group);
    await dev.say("the last word");
    await dev.sees("the last word");
  }
  // As it was heard, and as it is fetched.
  for (const again of [() => Promise.resolve(), () => noor.page.reload()]) {
    await again();
    const seen: string[] = [];
    for (const group of [loud, quiet]) {
      await noor.read(group);
      await noor.sees("the last word");
      seen.push(await shown(noor, group));
    }
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).not.toContain("secret");
  }
  // And neither begins a talk with the other.
  await noor.page.evaluate(() => void (location.hash = "#/people"));
  await noor.page.getByRole("region", { name: "Blocked" }).getByText("Kofi").waitFor();
  await menu(noor, "Kofi", "Block them no more");
  await noor.read(loud);
  await noor.sees("a secret");
  await Promise.all([dev.close(), noor.close(), kofi.close()]);
});

/** What stands there of a conversation, but its name and when it was. */
const shown = async ({ page }: Visitor, name: string): Promise<string> =>
  [
    await page.locator(".feed").innerText(),
    await page.locator(".talk-header").innerText(),
    await page.locator(".rows .row", { hasText: name }).first().innerText(),
  ]
    .join("\n")
    .replaceAll(name, "-")
    .replaceAll(/\d\d:\d\d/g, "-");

async function people(who: string): Promise<Visitor> {
  const visitor = await Visitor.enter(browser, url, who);
  await visitor.page.evaluate(() => void (location.hash = "#/people"));
  await visitor.page.getByRole("region", { name: "Whom you meet" }).waitFor();
  return visitor;
}

async function menu({ page }: Visitor, whom: string, what: string): Promise<void> {
  await page.getByRole("button", { name: `What you can do about ${whom}`, exact: true }).click();
  await page.locator("dialog[open]").getByRole("button", { name: what }).click();
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

async function begin(by: Visitor, what: string): Promise<string> {
  const name = `${what} ${Math.random().toString(36).slice(2, 7)}`;
  const { page } = by;
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByRole("button", { name: "Some people" }).click();
  await page.getByLabel(/^Its name/).fill(name);
  for (const person of ["Noor", "Kofi"])
    await page.locator("dialog[open]").getByRole("button", { name: person, exact: true }).click();
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await page.locator("#composer").waitFor();
  await by.say("hello all");
  await by.sees("hello all");
  return name;
}
