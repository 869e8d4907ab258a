import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, type Visitor } from "./browser.js";
import { findings } from "./axe.js";
import { url } from "./here.js";
import { come } from "./rooms.js";

// Sven and Noor are both friends of Mia's, and not of each other.
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

it("names friends of friends who want to be found, why, and no more whom one does not want", async () => {
  const [noor, mia, sven] = await Promise.all(["Noor", "Mia", "Sven"].map((name) => come(browser, url, name)));
  if (!noor || !mia || !sven) throw new Error("nobody");
  await people(noor);
  await newFriends(noor).getByText("none of your friendships is used").waitFor();
  expect(await newFriends(noor).locator("li").count()).toBe(0);
  // One of the two is not enough: whoever leads there has to want it, too. Having been in a room with him would be.
  await open(sven);
  await people(noor);
  expect(
    await newFriends(noor)
      .getByText(/Friend of/)
      .count(),
  ).toBe(0);
  await open(mia);
  await people(noor);
  const row = newFriends(noor).locator("li", { hasText: "Sven" });
  await row.getByText(/^Friend of Mia/).waitFor();
  await row.scrollIntoViewIfNeeded();
  await noor.picture("meet");
  expect(await findings(noor)).toEqual([]);
  await row.getByRole("button", { name: "Not for me: Sven" }).click();
  await row.waitFor({ state: "detached" });
  await people(noor);
  await newFriends(noor)
    .getByRole("button", { name: /^(Let|Not be)/ })
    .waitFor();
  expect(await row.count()).toBe(0);
  await Promise.all([noor, mia, sven].map((one) => one.close()));
});

const newFriends = ({ page }: Visitor) => page.getByRole("region", { name: "New friends" });

/** The people, asked for anew. */
async function people({ page }: Visitor): Promise<void> {
  await page.evaluate(() => void (location.hash = "#/"));
  await page.locator(".house").waitFor();
  const answered = page.waitForFunction(() => document.querySelector("section[aria-label='New friends'] .hint"));
  await page.evaluate(() => void (location.hash = "#/people"));
  await answered;
}

async function open(one: Visitor): Promise<void> {
  await people(one);
  await newFriends(one).getByRole("button", { name: "Let friends of friends find you" }).click();
  await newFriends(one).getByRole("button", { name: "Not be found any more" }).waitFor();
}
