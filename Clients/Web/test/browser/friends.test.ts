import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

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
  await priya.page.getByRole("region", { name: "Friends" }).getByText("Sven").waitFor({ state: "detached" });
  await Promise.all([sven.close(), priya.close()]);
});

it("18 whatever is said by who is blocked, nothing differs", async () => {
  const ama = await Visitor.enter(browser, url, "Ama");
  const yuki = await Visitor.enter(browser, url, "Yuki");
  const oskar = await Visitor.enter(browser, url, "Oskar");
  const [loud, quiet] = [await begin(ama, "loud"), await begin(ama, "quiet")];
  await yuki.read(quiet);
  await yuki.read(loud);
  await yuki.page.getByRole("button", { name: "People and settings" }).click();
  await yuki.page.getByRole("button", { name: "What you can do about Oskar" }).click();
  await yuki.page.getByRole("button", { name: "Block…" }).click();
  await yuki.picture("block");
  await yuki.page.getByRole("button", { name: "Block Oskar" }).click();
  await yuki.page.locator("dialog[open]").waitFor({ state: "detached" });
  await yuki.home();

  await oskar.go(loud);
  await oskar.say("psst @yuki, a secret");
  await oskar.sees("a secret");
  const first = oskar.said("hello all");
  await first.focus();
  await oskar.page.keyboard.press("+");
  await oskar.page.locator(".emoji-grid button").first().click();
  await oskar.page.locator("#composer").fill("and still wri");
  for (const group of [loud, quiet]) {
    await ama.go(group);
    await ama.say("the last word");
    await ama.sees("the last word");
  }
  // As it was heard, and as it is fetched.
  for (const again of [() => Promise.resolve(), () => yuki.page.reload()]) {
    await again();
    const seen: string[] = [];
    for (const group of [loud, quiet]) {
      await yuki.read(group);
      await yuki.sees("the last word");
      seen.push(await shown(yuki, group));
    }
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).not.toContain("secret");
  }
  // And when it ends, all of it is there.
  await yuki.page.evaluate(() => void (location.hash = "#/people"));
  await yuki.page.getByRole("region", { name: "Blocked" }).getByText("Oskar").waitFor();
  await menu(yuki, "Oskar", "Block them no more");
  await yuki.read(loud);
  await yuki.sees("a secret");
  await Promise.all([ama.close(), yuki.close(), oskar.close()]);
});

/**
 * What stands there of a conversation that is read, but its name and when it was. How far it had been read when it was
 * opened is seen in the line above what is new, and is nobody's doing but the reader's.
 */
async function shown({ page }: Visitor, name: string): Promise<string> {
  const row = page.locator(".rows .row", { hasText: name }).first();
  await row.locator(".count").first().waitFor({ state: "detached" });
  return [
    ...(await page.locator(".feed article :is(.words, .reactions, .quote)").allInnerTexts()),
    await page.locator(".talk-header").innerText(),
    await row.innerText(),
  ]
    .join("\n")
    .replaceAll(name, "-")
    .replaceAll(/\d\d:\d\d/g, "-");
}

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
  const name = await by.begin(what, "Yuki", "Oskar");
  await by.say("hello all");
  await by.sees("hello all");
  return name;
}
