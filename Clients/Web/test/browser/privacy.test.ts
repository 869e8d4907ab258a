import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch, type Visitor } from "./browser.js";
import { url } from "./here.js";
import { come } from "./rooms.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

it("says who finds one, and finds who lets one", async () => {
  const [noor, sven] = await Promise.all(["Noor", "Sven"].map((name) => come(browser, url, name)));
  if (!noor || !sven) throw new Error("nobody");
  await seek(noor, "sven");
  await noor.page.getByText("Nobody who lets you find them is called so.").waitFor();
  await choose(sven, "Who finds you by your name", "Everyone");
  await seek(noor, "sve");
  const found = noor.page.getByRole("region", { name: "Find somebody" }).locator("li", { hasText: "Sven" });
  await found.waitFor();
  await found.scrollIntoViewIfNeeded();
  await noor.picture("find");
  expect(await findings(noor)).toEqual([]);
  await choose(sven, "Who finds you by your name", "Nobody");
  await seek(noor, "sve");
  await found.waitFor({ state: "detached" });
  await Promise.all([noor, sven].map((one) => one.close()));
});

it("keeps what one says of who sees one and of what one has read", async () => {
  const mia = await come(browser, url, "Mia");
  await choose(mia, "Who sees that you are in", "Nobody");
  await choose(mia, "Who sees how far you have read", "Friends");
  const seen = group(mia, "Who sees that you are in");
  expect(await seen.getByRole("button").allInnerTexts()).toEqual(["Friends", "Nobody"]);
  await mia.page.getByText("In a room you are seen").scrollIntoViewIfNeeded();
  await mia.picture("privacy");
  expect(await findings(mia)).toEqual([]);
  await mia.page.reload();
  await group(mia, "Who sees that you are in").getByRole("button", { name: "Nobody", pressed: true }).waitFor();
  await group(mia, "Who sees how far you have read").getByRole("button", { name: "Friends", pressed: true }).waitFor();
  await choose(mia, "Who sees that you are in", "Friends");
  await choose(mia, "Who sees how far you have read", "Everyone");
  await mia.close();
});

const group = ({ page }: Visitor, name: string) => page.getByRole("group", { name });

async function choose(one: Visitor, what: string, who: string): Promise<void> {
  await one.page.evaluate(() => void (location.hash = "#/you"));
  const button = group(one, what).getByRole("button", { name: who });
  await button.click();
  await group(one, what).getByRole("button", { name: who, pressed: true }).waitFor();
}

async function seek({ page }: Visitor, words: string): Promise<void> {
  await page.evaluate(() => void (location.hash = "#/people"));
  const some = page.getByRole("region", { name: "Find somebody" });
  await some.getByLabel("Their name, or their handle").fill(words);
  await some.getByRole("button", { name: "Find" }).click();
}
