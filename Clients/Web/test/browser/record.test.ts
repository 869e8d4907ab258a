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

it("two who want it have their party in their conversation", { timeout: 60_000 }, async () => {
  const [zoe, abel] = (await Promise.all(["Zoe", "Abel"].map((name) => come(browser, url, name)))) as [
    Visitor,
    Visitor,
  ];
  open.push(zoe, abel);
  await befriend(zoe, abel, ["Zoe", "Abel"]);
  await button(zoe, "New conversation").click();
  await zoe.page.locator("dialog[open]").getByRole("button", { name: "Abel", exact: true }).click();
  await zoe.page.locator(".talk-header", { hasText: "Abel" }).waitFor();
  await zoe.home();
  const room = await light(zoe, "Porch");
  await walkIn(abel, room);

  await zoe.page.getByRole("button", { name: /Record$/ }).click();
  const dialog = zoe.page.locator("dialog[open]");
  await dialog.getByRole("button", { name: "In Abel" }).waitFor();
  expect(await findings(zoe)).toEqual([]);
  await zoe.picture("record-wish");
  await dialog.getByRole("button", { name: "In Abel" }).click();
  await abel.page.getByRole("button", { name: /1\/2$/ }).click();
  await abel.page.locator("dialog[open]", { hasText: "Wanted by: Zoe" }).waitFor();
  await button(abel, "I want it, too").click();
  await zoe.page.getByRole("button", { name: /2\/2$/ }).waitFor();
  await leave(zoe);
  await leave(abel);

  const line = ({ page }: Visitor) => page.locator(".party-line");
  for (const [one, other] of [
    [zoe, "Abel"],
    [abel, "Zoe"],
  ] as const) {
    await one.page.locator(".list, .conversations, nav").getByText(other, { exact: true }).first().click();
    await line(one).waitFor();
    expect(await line(one).innerText()).toMatch(
      new RegExp(`^You and ${other} were in ${room} \\d\\d:\\d\\d–\\d\\d:\\d\\d$`),
    );
  }
  await zoe.picture("record-line");
});
