import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";
import { befriend, come, inside, leave, light, walkIn, windowOf } from "./rooms.js";

let browser: Browser;
let open: Visitor[] = [];

beforeAll(async () => void (browser = await launch()));

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    for (const [at, one] of open.entries()) await one.picture(`comforts-failed-${at}`);
  }),
);

afterEach(async () => {
  for (const one of open) {
    expect(one.complaints).toEqual([]);
    if (await one.page.locator(".dock .leave").count()) await leave(one);
    await one.close();
  }
  open = [];
});

afterAll(() => browser?.close());

async function visit(name: string, options: object = {}): Promise<Visitor> {
  const visitor = await come(browser, url, name, options);
  open.push(visitor);
  visitor.page.setDefaultTimeout(15_000);
  return visitor;
}

async function you({ page }: Visitor): Promise<void> {
  await page.evaluate(() => void (location.hash = "#/you"));
  await page.getByLabel(/^Quiet hours/).waitFor();
}

it("keeps quiet hours by the clock of where one is", async () => {
  const noor = await visit("Noor", { timezoneId: "Asia/Kathmandu" });
  const { page } = noor;
  await you(noor);
  await page.getByLabel(/^Quiet hours/).check();
  await page.getByText("Every day, by the clock here (UTC+5:45).").waitFor();
  expect(await page.getByLabel("From").inputValue()).toBe("22:00");
  await page.getByLabel("From").fill("23:30");
  await page.getByLabel("Until").fill("23:30");
  await page.locator(".hours").getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("then it would never be quiet").waitFor();
  await page.getByLabel("Until").fill("07:15");
  await page.locator(".hours").getByRole("button", { name: "Save" }).click();
  await page.locator(".banner", { hasText: "Saved. Then nothing is told to you" }).waitFor();
  await page.locator(".quiet-hours").scrollIntoViewIfNeeded();
  await noor.picture("quiet-hours");
  expect(await findings(noor)).toEqual([]);
  // Elsewhere it is said by which clock they are.
  const away = await visit("Noor", { timezoneId: "UTC" });
  await you(away);
  await away.page.getByText("They hold by a clock at UTC+5:45.").waitFor();
  expect(await away.page.getByLabel("From").inputValue()).toBe("23:30");
  await away.page.getByLabel(/^Quiet hours/).uncheck();
  await away.page.locator(".hours").waitFor({ state: "detached" });
  await away.page.locator(".banner", { hasText: "You are told at any hour." }).waitFor();
});

it("says for whom a room is that is lit already", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  await befriend(noor, mia, ["Noor", "Mia"]);
  const name = await light(mia, "Salon");
  await mia.page.getByRole("button", { name: "Who may come" }).click();
  const dialog = mia.page.locator("dialog[open]");
  await dialog.getByRole("button", { name: "Tomás" }).click();
  await mia.picture("for-whom");
  expect(await findings(mia)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await mia.page.getByText("For guests ·").waitFor();
  const door = windowOf(noor, name);
  await door.getByRole("button", { name: /Knock$/ }).waitFor();
  await mia.page.getByRole("button", { name: "Who may come" }).click();
  await dialog.getByRole("button", { name: "Tomás", pressed: true }).waitFor();
  await dialog.getByRole("button", { name: "For all friends" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await mia.page.getByText("Unlocked ·").waitFor();
  await walkIn(noor, name);
  expect(await noor.page.getByRole("button", { name: "Who may come" }).count()).toBe(0);
  await Promise.all([leave(noor), leave(mia)]);
  // Or from the start.
  await mia.page
    .getByRole("button", { name: /Light it$|^Light a room/ })
    .last()
    .click();
  await dialog.getByLabel("Its name").fill(`${name} too`);
  await dialog.locator("summary", { hasText: "Guests" }).click();
  await dialog.getByRole("button", { name: "Tomás" }).click();
  await dialog.locator("summary", { hasText: "Guests (1)" }).waitFor();
  await dialog.getByRole("button", { name: "Light it", exact: true }).click();
  await mia.page.getByText("For guests ·").waitFor();
  await windowOf(noor, `${name} too`)
    .getByRole("button", { name: /Knock$/ })
    .waitFor();
});

it("whoever closes the page in a room is out of it in seconds, and whoever loads it anew is not", async () => {
  const [mia, noor] = await Promise.all([visit("Mia"), visit("Noor")]);
  const name = await light(mia, "Cabin");
  await walkIn(noor, name);
  await mia.page.locator(".seat", { hasText: "Noor" }).waitFor();
  await noor.page.reload();
  await inside(noor.page, name);
  // Nor whoever has it open twice, and closes one of them.
  const other = await noor.context.newPage();
  await other.goto(url);
  await other.locator(".house .window-card button").first().waitFor();
  await other.close({ runBeforeUnload: true });
  // Longer than one may take to come back.
  await mia.page.waitForTimeout(11_500);
  expect(await mia.page.locator(".happened", { hasText: "Noor went out" }).count()).toBe(0);
  await noor.page.goto("about:blank");
  // A lease would be over after 45 s only.
  await mia.page.locator(".seat", { hasText: "Noor" }).waitFor({ state: "detached", timeout: 30_000 });
  open = open.filter((one) => one !== noor);
  await noor.close();
});

it("sounds once one has touched the page, unless one wants it still", async () => {
  const mia = await visit("Mia");
  const noor = await Visitor.open(browser, url);
  open.push(noor);
  await noor.page.addInitScript(() => {
    const rings: string[] = ((globalThis as unknown as { rings: string[] }).rings = []);
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      rings.push(this.type);
      start.call(this, when);
    };
  });
  await noor.page.reload();
  await noor.enter("Noor");
  const rings = (): Promise<number> =>
    noor.page.evaluate(() => (globalThis as unknown as { rings: string[] }).rings.length);
  await noor.page.locator(".house .window-card button").first().waitFor();
  await befriend(noor, mia, ["Noor", "Mia"]);
  const name = await light(mia, "Hall");
  await walkIn(noor, name);
  await expect.poll(rings).toBe(2);
  await leave(noor);
  // Who wants nothing to move wants nothing to sound.
  await noor.page.emulateMedia({ reducedMotion: "reduce" });
  await noor.page.reload();
  await noor.page.locator("body").press("Shift");
  await walkIn(noor, name);
  await leave(noor);
  expect(await rings()).toBe(0);
  await you(noor);
  await noor.page.getByLabel(/^Sounds/).check();
  await noor.home();
  await walkIn(noor, name);
  await expect.poll(rings).toBe(2);
  await leave(noor);
  // Nor at hours in which one is told nothing: what sounds after them is all that does.
  await hushed(noor, true);
  await walkIn(noor, name);
  await leave(noor);
  await hushed(noor, false);
  await walkIn(noor, name);
  await expect.poll(rings).toBe(4);
  await leave(noor);
  // Whoever turned them off finds them so, also where they would sound of themselves.
  await noor.page.emulateMedia({ reducedMotion: "no-preference" });
  await you(noor);
  await noor.page.getByLabel(/^Sounds/).uncheck();
  await noor.page.reload();
  await noor.page.getByLabel(/^Quiet hours/).waitFor();
  expect(await noor.page.getByLabel(/^Sounds/).isChecked()).toBe(false);
  await noor.home();
  await walkIn(noor, name);
  await leave(noor);
  expect(await rings()).toBe(0);
});

/** Has quiet hours around the time that it is, or none. */
async function hushed(one: Visitor, isQuiet: boolean): Promise<void> {
  const { page } = one;
  await you(one);
  await page.getByLabel(/^Quiet hours/).setChecked(isQuiet);
  if (isQuiet) {
    const clock = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toTimeString().slice(0, 5);
    await page.getByLabel("From").fill(clock(-2));
    await page.getByLabel("Until").fill(clock(2));
    await page.locator(".hours").getByRole("button", { name: "Save" }).click();
    await page.locator(".hours button[disabled]").waitFor();
  }
  await page.locator(".banner", { hasText: isQuiet ? "nothing sounds" : "You are told at any hour." }).waitFor();
  await one.home();
}

it("names several new faces in one line on a phone, before those whom one knows, and opens it", async () => {
  const all = [visit("Mia"), visit("Noor"), visit("Dev"), visit("Sven", { hasTouch: true })] as const;
  const [mia, noor, dev, sven] = await Promise.all(all);
  await sven.page.setViewportSize({ width: 390, height: 844 });
  await befriend(noor, mia, ["Noor", "Mia"]);
  const name = await light(mia, "Yard");
  await Promise.all([walkIn(noor, name), walkIn(dev, name)]);
  const there = windowOf(sven, name);
  const line = there.locator("summary", { hasText: "2 new faces" });
  await line.waitFor();
  await there
    .getByRole("button", { name: /(Noor|Dev) is new to you: Mia’s friend\. (Noor|Dev) is new to you/ })
    .waitFor();
  const [pane, note] = await Promise.all([there.locator(".pane").boundingBox(), line.boundingBox()]);
  expect(note?.height ?? 99).toBeLessThan((pane?.height ?? 0) / 3);
  await line.tap();
  await there.getByText("Dev is new to you: Mia’s friend").waitFor();
  await sven.picture("new-faces");
  expect(await findings(sven)).toEqual([]);
  // It is no door.
  expect(await sven.page.locator(".house").count()).toBe(1);
});
