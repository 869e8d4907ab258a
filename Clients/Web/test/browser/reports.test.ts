import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { grant } from "./granting.js";
import { url } from "./here.js";
import { told } from "./reporting.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("a message is reported, seen at once, taken on and settled, and its author learns nothing", async () => {
  const [mia, yuki, oskar] = await Promise.all(["Mia", "Yuki", "Oskar"].map((who) => Visitor.enter(browser, url, who)));
  if (!mia || !yuki || !oskar) throw new Error("nobody came");
  const name = await mia.begin("tea", "Yuki", "Oskar");
  await oskar.go(name);
  await oskar.say("buy my tea");
  await yuki.go(name);
  await yuki.sees("buy my tea");
  await menu(yuki, "buy my tea", "Report message…");
  const asked = yuki.page.locator("dialog[open]");
  await asked.getByText("buy my tea").waitFor();
  await asked.getByText("Oskar is not told").waitFor();
  expect(await asked.getByRole("button", { name: "Report", exact: true }).isDisabled()).toBe(true);
  await asked.getByLabel("Spam").check();
  await asked.getByLabel("More on that").fill("every day the same");
  await asked.getByRole("button", { name: "Report", exact: true }).click();
  await yuki.page.getByText("It is shown to Mia now. Oskar is not told.").waitFor();

  // Whoever handles it need not look for it.
  await mia.page.getByRole("button", { name: "People and settings, 1 report waits" }).waitFor();
  await open(mia, /^Reports/);
  const card = mia.page.locator(".report");
  const told = await card.innerText();
  for (const words of ["Spam", "buy my tea", "Oskar", "Yuki told", "every day the same", "Nobody has it yet"])
    expect(told).toContain(words);
  await card.getByRole("button", { name: "Take it" }).click();
  await card.getByText("You have it").waitFor();
  await card.getByRole("button", { name: "Give back" }).click();
  await card.getByText("Nobody has it yet").waitFor();

  // What is done about it is as good as the words with which it is settled.
  await card.getByRole("button", { name: "Step in…" }).click();
  await card.getByRole("button", { name: "Take the message back" }).click();
  await card.getByLabel(/^A word on it/).fill("talked to");
  await card.getByRole("button", { name: "Acted on", exact: true }).click();
  await mia.page.getByText("Nothing waits.").waitFor();
  await mia.page.getByRole("button", { name: "People and settings", exact: true, includeHidden: true }).waitFor();
  await mia.page.getByRole("button", { name: "Settled" }).click();
  expect(await card.innerText()).toMatch(/Acted on by you[^]*taken back[^]*talked to/);

  // Who told sees what came of it, and not by whom.
  await open(yuki, /^What you reported/);
  await yuki.page.getByText("Nothing of yours waits.").waitFor();
  await yuki.page.getByRole("button", { name: "Settled" }).click();
  const outcome = await yuki.page.locator(".report").innerText();
  expect(outcome).toMatch(/Acted on, /);
  expect(outcome).not.toMatch(/Mia|talked to/);
  await yuki.picture("reports-mine");
  await yuki.page.getByRole("button", { name: "What you told the staff" }).click();
  await yuki.page
    .getByRole("dialog", { name: "What you told the staff" })
    .getByText("Nothing of yours waits.")
    .waitFor();
  await yuki.page.keyboard.press("Escape");

  // Whom it is about sees that the message is gone, and no more.
  await oskar.page.getByText("Mia took this message back").first().waitFor();
  await open(oskar, /^What you reported/);
  for (const which of ["Waiting", "Settled"]) {
    await oskar.page.getByRole("button", { name: which }).click();
    await oskar.page.locator("dialog[open] .nothing").waitFor();
  }
  expect(await oskar.page.locator(".counted .count").count()).toBe(0);
  expect([mia, yuki, oskar].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([mia.close(), yuki.close(), oskar.close()]);
});

it("a person and a conversation are reported, and given to another, who handles reports with them", async () => {
  const [ama, sven, priya] = await Promise.all(["Ama", "Sven", "Priya"].map((who) => Visitor.enter(browser, url, who)));
  if (!ama || !sven || !priya) throw new Error("nobody came");
  const name = await ama.begin("choir", "Sven", "Priya", "Jonas");
  await sven.go(name);
  await sven.beside();
  await sven.page.getByRole("button", { name: "What you can do about Jonas" }).click();
  await sven.page.getByRole("button", { name: "Report…" }).click();
  await tell(sven, "Harassment");
  await sven.page.getByRole("button", { name: "Report conversation…" }).click();
  await tell(sven, "Something else");
  await ama.page.getByRole("button", { name: "People and settings, 2 reports wait" }).waitFor();

  await grant(ama, "Reports", "Priya");
  await priya.go(name);
  await priya.page.getByRole("button", { name: "People and settings, 2 reports wait" }).waitFor();
  await open(ama, /^Reports/);
  const about = ama.page.locator(".report", { hasText: "Jonas" });
  await about.getByLabel("Give it to").selectOption({ label: "Priya" });
  await about.getByText("Priya has it").waitFor();
  await open(priya, /^Reports/);
  const theirs = priya.page.locator(".report", { hasText: "Jonas" });
  await theirs.getByText("You have it").waitFor();
  await theirs.getByRole("button", { name: "Dismiss…" }).click();
  await theirs.getByRole("button", { name: "Dismiss", exact: true }).click();
  await about.waitFor({ state: "detached" });
  expect(await ama.page.locator(".report").count()).toBe(1);
  expect([ama, sven, priya].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([ama.close(), sven.close(), priya.close()]);
});

it("what was taken back meanwhile is not reported, and what was written stays", async () => {
  const [yuki, oskar] = await Promise.all(["Yuki", "Oskar"].map((who) => Visitor.enter(browser, url, who)));
  if (!yuki || !oskar) throw new Error("nobody came");
  const name = await yuki.begin("coffee", "Oskar");
  await oskar.go(name);
  await oskar.say("or my coffee");
  await yuki.sees("or my coffee");
  await menu(yuki, "or my coffee", "Report message…");
  await yuki.page.getByLabel("Spam").check();
  await yuki.page.getByLabel("More on that").fill("now coffee");
  await oskar.said("or my coffee").focus();
  await oskar.page.keyboard.press("Delete");
  await yuki.page.locator(".feed").getByText("took this message back").waitFor();
  await yuki.page.getByRole("button", { name: "Report", exact: true }).click();
  const note = yuki.page.locator("dialog[open] .refusal");
  await note.getByText("Not reported: the message was taken back.").waitFor();
  await yuki.picture("report-refused");
  expect(await yuki.page.getByLabel("More on that").inputValue()).toBe("now coffee");
  expect([yuki, oskar].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([yuki.close(), oskar.close()]);
});

it("the staff are told of somebody who is met outside, and of what two say alone", async () => {
  const [noor, kofi, jonas] = await Promise.all(
    ["Noor", "Kofi", "Jonas"].map((who) => Visitor.enter(browser, url, who)),
  );
  if (!noor || !kofi || !jonas) throw new Error("nobody came");
  await kofi.page.evaluate(() => void (location.hash = "#/people"));
  await kofi.page.getByRole("button", { name: "Talk to Jonas" }).click();
  await kofi.say("only us two");
  await kofi.sees("only us two");
  await jonas.go("Kofi");
  await menu(jonas, "only us two", "Report message…");
  await jonas.page.getByText("It is shown to the staff, with your name.").waitFor();
  expect(await jonas.page.getByText("Who should see it?").count()).toBe(0);
  await tell(jonas, "Hate");
  await jonas.page.evaluate(() => void (location.hash = "#/people"));
  await jonas.page.getByRole("button", { name: "What you can do about Kofi" }).click();
  await jonas.page.getByRole("button", { name: "Report…" }).click();
  await tell(jonas, "Sexual");
  // Nor need one come in to tell of what one was asked into.
  await kofi.begin("odd", "Dev");
  await kofi.beside();
  await kofi.page.getByRole("button", { name: "Ask people in" }).click();
  await kofi.page.locator("dialog[open]").getByRole("button", { name: "Jonas", exact: true }).click();
  await kofi.page.locator("dialog[open]").getByRole("button", { name: "Ask in", exact: true }).click();
  await jonas.page.locator(".rows .row", { hasText: "asked in" }).click();
  await jonas.page.locator(".invitation").getByRole("button", { name: "Report…" }).click();
  await jonas.picture("report-invitation");
  await tell(jonas, "Spam");

  // What they told stands with them as they told it.
  await told(jonas);
  const mine = jonas.page.locator("dialog[open] .report");
  await mine.nth(2).getByText("only us two").waitFor();
  expect(await mine.nth(1).innerText()).toMatch(/Sexual[^]*Waits to be looked at[^]*Kofi[^]*You told/);
  expect(await mine.nth(0).innerText()).toMatch(/Spam[^]*odd[^]*all of it/);
  await jonas.page.waitForTimeout(200);
  await jonas.picture("told-three");

  await noor.go("House staff");
  await open(noor, /^Reports/);
  const cards = noor.page.locator(".report");
  await cards.nth(2).waitFor();
  expect(await cards.nth(0).innerText()).toMatch(/Spam[^]*All of a talk that you are not in/);
  expect(await cards.nth(1).innerText()).toMatch(/Sexual[^]*Kofi[^]*Jonas told/);
  // The words are for those two: the staff know whom it is about, and where it is from.
  await cards.nth(2).getByText("A message of Kofi, in a talk that you are not in").waitFor();
  await noor.page.waitForTimeout(200);
  await noor.picture("reports-staff");
  // They are shown it once they say why they look, and that stays; who told is told what came of it, not by whom.
  await cards.nth(2).getByRole("button", { name: "Look at it…" }).click();
  const look = cards.nth(2).getByRole("button", { name: "Look at it", exact: true });
  await expect.poll(() => look.evaluate(isSeen)).toBe(true);
  await look.click();
  await cards.nth(2).locator("input:invalid").waitFor();
  await cards.nth(2).getByLabel("Why you look").fill("is it a threat?");
  await noor.picture("reports-look");
  await look.click();
  await cards.nth(2).getByText("only us two").waitFor();
  await noor.picture("reports-looked");
  await cards.nth(2).getByRole("button", { name: "Acted on…" }).click();
  await cards.nth(2).getByRole("button", { name: "Acted on", exact: true }).click();
  await jonas.page.getByText("Something was done about what you reported.").waitFor();
  expect([noor, kofi, jonas].flatMap((one) => one.complaints)).toEqual([]);
  await Promise.all([noor.close(), kofi.close(), jonas.close()]);
});

/** Whether it is in the dialog's part that is seen, whole. */
const isSeen = (one: Element): boolean =>
  one.getBoundingClientRect().bottom <= (one.closest("dialog")?.getBoundingClientRect().bottom ?? 0);

async function open(by: Visitor, what: RegExp): Promise<void> {
  await by.beside();
  await by.page.locator(".aside").getByRole("button", { name: what }).click();
  await by.page.locator("dialog[open] .filters").waitFor();
}

/** Does something with a message, through its menu. */
async function menu(by: Visitor, text: string, what: string): Promise<void> {
  await by.said(text).focus();
  await by.page.keyboard.press("Enter");
  await by.page.locator("dialog[open]").getByRole("button", { name: what }).click();
}

async function tell({ page }: Visitor, why: string): Promise<void> {
  const dialog = page.locator("dialog[open]:has(.report-form)");
  await dialog.getByLabel(why).check();
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}
