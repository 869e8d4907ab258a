import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { fakeMedia, launch, type Visitor } from "./browser.js";
import { url } from "./here.js";
import { befriend, come, leave, light, walkIn } from "./rooms.js";

let browser: Browser;
let open: Visitor[] = [];

beforeAll(async () => void (browser = await launch(...fakeMedia)));

afterEach(async () => {
  for (const one of open) {
    expect(one.complaints).toEqual([]);
    await one.close();
  }
  open = [];
});

afterAll(() => browser?.close());

const button = ({ page }: Visitor, name: string) => page.getByRole("button", { name, exact: true });

/** Opens the conversation with somebody, and begins it where there is none. */
async function talkTo(visitor: Visitor, name: string): Promise<void> {
  await button(visitor, "New conversation").click();
  await visitor.page.locator("dialog[open]").getByRole("button", { name, exact: true }).click();
  await visitor.page.locator(".talk-header", { hasText: name }).waitFor();
}

it("two who want it have their party in their conversation", { timeout: 60_000 }, async () => {
  const [dev, ama] = (await Promise.all(["Dev", "Ama"].map((name) => come(browser, url, name)))) as [Visitor, Visitor];
  open.push(dev, ama);
  await befriend(dev, ama, ["Dev", "Ama"]);
  await talkTo(dev, "Ama");
  await dev.home();
  const room = await light(dev, "Porch");
  await walkIn(ama, room);

  await dev.page.getByRole("button", { name: /Record$/ }).click();
  const dialog = dev.page.locator("dialog[open]");
  await dialog.getByRole("button", { name: "In Ama" }).waitFor();
  expect(await findings(dev)).toEqual([]);
  await dev.picture("record-wish");
  await dialog.getByRole("button", { name: "In Ama" }).click();
  await ama.page.getByRole("button", { name: /1\/2$/ }).click();
  await ama.page.locator("dialog[open]", { hasText: "Wanted by: Dev" }).waitFor();
  await button(ama, "I want it, too").click();
  await dev.page.getByRole("button", { name: /2\/2$/ }).waitFor();
  await leave(dev);
  await leave(ama);

  const line = ({ page }: Visitor) => page.locator(".party-line");
  for (const [one, other] of [
    [dev, "Ama"],
    [ama, "Dev"],
  ] as const) {
    await talkTo(one, other);
    await line(one).waitFor();
    expect(await line(one).innerText()).toMatch(
      new RegExp(`^You and ${other} were in ${room} \\d\\d:\\d\\d–\\d\\d:\\d\\d$`),
    );
  }
  await dev.picture("record-line");
});
