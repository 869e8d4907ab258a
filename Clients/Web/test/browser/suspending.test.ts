import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { grant } from "./granting.js";
import { url } from "./here.js";
import { card, told } from "./reporting.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("somebody is closed out of the house for an hour, and let in again", async () => {
  const [noor, dev] = await Promise.all(["Noor", "Dev"].map((who) => Visitor.enter(browser, url, who)));
  if (!noor || !dev) throw new Error("nobody came");
  const name = await dev.begin("bikes", "Noor");
  await dev.say("here I am");
  await noor.go(name);
  await noor.sees("here I am");
  await card(noor, "Dev");
  await noor.page.getByRole("button", { name: "Close out of the house…" }).click();
  await noor.picture("closing-out");
  await noor.page.getByLabel(/^Why/).fill("rides on the pavement");
  await noor.page.getByRole("button", { name: "Close out", exact: true }).click();
  await noor.page.getByText(/^Dev is closed out until \d\d:\d\d\.$/).waitFor();

  // Their page is out, says so, and keeps what they write; nobody else hears of it.
  await dev.page.getByText("The house does not let you in just now.").waitFor();
  await dev.say("anybody?");
  await dev.picture("closed-out-page");
  await dev.page.locator(".message.waiting", { hasText: "anybody?" }).waitFor();
  await dev.page.reload();
  await dev.page.getByText("The house does not let you in just now.").waitFor();
  expect(await dev.page.locator(".rows .row").count()).toBe(0);

  await card(noor, "Dev");
  const held = noor.page.locator(".closed-out");
  await held.waitFor();
  await noor.picture("closed-out");
  expect(await held.innerText()).toMatch(/until \d\d:\d\d\n+rides on the pavement\n+You, \d\d:\d\d/);
  await noor.page.getByRole("button", { name: "Let in again" }).click();
  await noor.page.getByText("Dev is let in again.").waitFor();
  await dev.page.getByText("You're in").waitFor();
  await noor.go(name);
  await noor.sees("anybody?");
  await card(noor, "Dev");
  await noor.page.getByRole("button", { name: "Close out of the house…" }).waitFor();
  expect(await held.count()).toBe(0);
  expect([noor, dev].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([noor.close(), dev.close()]);
});

it("whom somebody told of is closed out from the report, and who told sees what came of it", async () => {
  const [noor, sven, priya] = await Promise.all(
    ["Noor", "Sven", "Priya"].map((who) => Visitor.enter(browser, url, who)),
  );
  if (!noor || !sven || !priya) throw new Error("nobody came");
  await saysTold(priya, /^Nothing of yours waits/);
  await card(priya, "Sven");
  await priya.page.getByRole("button", { name: "Report…" }).click();
  await priya.page.getByText("What comes of it stands under You, with what you told the staff.").waitFor();
  await priya.page.getByLabel("Harassment").check();
  await priya.page.getByLabel("More on that").fill("hounds my cat");
  await priya.page.getByRole("button", { name: "Report", exact: true }).click();
  await saysTold(priya, /Harassment[^]*Waits to be looked at[^]*Sven[^]*hounds my cat/);
  await priya.picture("told-the-staff");

  await handled(noor);
  const report = noor.page.locator(".report", { hasText: "hounds my cat" });
  await report.getByRole("button", { name: "Step in…" }).click();
  await noor.picture("stepping-in");
  await report.getByRole("button", { name: "Close out of the house…" }).click();
  await report.getByLabel("until let in again").check();
  await report.getByRole("button", { name: "Close out", exact: true }).click();
  await sven.page.getByText("The house does not let you in just now.").waitFor();
  await report.getByRole("button", { name: "Acted on", exact: true }).click();
  await report.waitFor({ state: "detached" });

  await saysTold(priya, /^Nothing of yours waits/);
  await priya.page.getByRole("button", { name: "Settled" }).click();
  await expect.poll(() => priya.page.locator("dialog[open] .report").innerText()).toMatch(/Acted on, [^]*Sven/);
  expect(await priya.page.locator("dialog[open] .report").innerText()).not.toContain("Noor");

  // Who is closed out is let in again from there, also when it is settled.
  await noor.page.getByRole("button", { name: "Settled" }).click();
  await report.getByRole("button", { name: "Step in…" }).click();
  await report.getByText("Closed out of the house until let in again").waitFor();
  await noor.picture("stepping-in-again");
  await report.getByRole("button", { name: "Let in again" }).click();
  await sven.page.getByText("You're in").waitFor();
  expect([noor, sven, priya].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([noor.close(), sven.close(), priya.close()]);
});

it("only who may ban among the staff is shown a way, and is refused where somebody is above them", async () => {
  const [noor, ama, leila, mia] = await Promise.all(
    ["Noor", "Ama", "Leila", "Mia"].map((who) => Visitor.enter(browser, url, who)),
  );
  if (!noor || !ama || !leila || !mia) throw new Error("nobody came");
  const way = ({ page }: Visitor) => page.getByRole("button", { name: "Close out of the house…" });
  for (const one of [leila, mia]) {
    await card(one, "Dev");
    // As long as it takes where there is one.
    await one.page.waitForTimeout(1000);
    expect(await way(one).count()).toBe(0);
  }
  await noor.go("House staff");
  await grant(noor, "Keep out", "Ama");
  await ama.go("House staff");
  await ama.beside();
  await ama.page.getByRole("button", { name: "What you can do about Noor" }).click();
  await way(ama).click();
  await ama.page.getByRole("button", { name: "Close out", exact: true }).click();
  await ama.page.locator("dialog[open] .refusal").waitFor();
  await ama.picture("closing-out-refused");
  expect(await ama.page.locator("dialog[open] .refusal").innerText()).toMatch(/Not closed out: nobody acts on who/);
  expect([noor, ama, leila, mia].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([noor.close(), ama.close(), leila.close(), mia.close()]);
});

/** Waits until what one told the staff says so. */
async function saysTold(by: Visitor, what: RegExp): Promise<void> {
  await told(by);
  await by.page.locator("dialog[open] :is(.report, .nothing)", { hasText: what }).waitFor();
}

async function handled(by: Visitor): Promise<void> {
  await by.go("House staff");
  await by.beside();
  await by.page
    .locator(".aside")
    .getByRole("button", { name: /^Reports/ })
    .click();
}
