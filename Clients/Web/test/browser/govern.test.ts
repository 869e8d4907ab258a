import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

it("17 what-if lists whom it touches, writes nothing, and what is saved is what it said", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  const noor = await Visitor.enter(browser, url, "Noor");
  const name = await mia.begin("what if", "Noor", "Dev");
  await noor.go(name);
  const { page } = mia;
  await open(mia, "Settings");
  await page.getByLabel("Announcements only").check();
  await page.getByRole("button", { name: "What if…" }).click();
  await page.locator(".what-if .counter.lose").waitFor();
  await mia.picture("what-if-worked-out");
  const words = await page.locator(".what-if").innerText();
  expect(words).toMatch(/people lose something\s+2/);
  expect(words).toMatch(/lock-outs\s+0/);
  const version = Number(/Worked out at version (\d+)/.exec(words)?.[1]);
  await page.getByRole("button", { name: "Leave as it is" }).click();
  await page.keyboard.press("Escape");
  // Nothing was written: whoever would lose the word has it, and what comes next is the next version.
  await noor.say("still mine");
  await mia.sees("still mine");
  await open(mia, "Settings");
  await page.getByLabel("Announcements only").check();
  await page.getByRole("button", { name: "What if…" }).click();
  await page.getByText(`Worked out at version ${version + 1}.`).waitFor();
  await page.getByRole("button", { name: "Save the change" }).click();
  await noor.page.locator(".composer.closed").waitFor();
  await Promise.all([mia.close(), noor.close()]);
});

it("17 what-if says above whom somebody comes to stand, also where they may no more than before", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  await mia.begin("ranks", "Noor", "Dev");
  const { page } = mia;
  await open(mia, "Roles");
  await page.getByRole("button", { name: "New role" }).click();
  await page.getByLabel("Its name").fill("Elders");
  await page.getByRole("button", { name: "What if…" }).click();
  await page.getByText("Nobody could do more or less than now.").waitFor();
  await page.getByRole("button", { name: "Save the change" }).click();
  await page.locator("dialog[open]").getByText("Elders").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "What you can do about Noor" }).click();
  await page.getByRole("button", { name: "Roles…" }).click();
  await page.getByLabel("Elders").check();
  await page.getByRole("button", { name: "What if…" }).click();
  await page.locator(".what-if").getByText("From then on above Dev: Noor").waitFor();
  await mia.picture("what-if-ranks");
  await mia.close();
});

it("16 where one may say nothing it stands why, by which rules, and whom to ask", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  const noor = await Visitor.enter(browser, url, "Noor");
  const name = await mia.begin("who may", "Noor");
  await noor.go(name);
  await noor.page.locator("#composer").fill("half a thought");
  await change(mia, () => mia.page.getByLabel("Announcements only").check());
  const closed = noor.page.locator(".composer.closed");
  await closed.waitFor();
  await noor.picture("closed");
  expect(await closed.innerText()).toContain("Ask Mia");
  expect(await closed.innerText()).toContain("half a thought");
  await closed.getByRole("button", { name: "Why?" }).click();
  await closed.locator("li.deciding").waitFor();
  await change(mia, () => mia.page.getByLabel("Announcements only").uncheck());
  await noor.page.locator("#composer").waitFor();
  expect(await noor.page.locator("#composer").inputValue()).toBe("half a thought");

  // Too soon after the last one: the words stay, with the rule and when it goes on.
  await change(mia, () => mia.page.getByLabel(/^Slow mode/).selectOption({ label: "15 minutes" }));
  await noor.say("one");
  await noor.sees("one");
  await noor.say("two");
  const note = noor.page.locator(".message.refused .refusal");
  await note.waitFor();
  await noor.picture("refusal-slow");
  expect(await note.locator("li.deciding").count()).toBe(1);
  expect(await note.innerText()).toMatch(/Try again in \d+ minutes/);
  expect(await note.locator(".ways button").count()).toBeGreaterThan(0);

  // Without the word.
  await act(mia, "Noor", "Take the word for a while…", "Take the word");
  await closed.getByText(/You have not the word until/).waitFor();
  await act(mia, "Noor", "Give the word back");
  await noor.page.locator("#composer").waitFor();
  await act(mia, "Noor", "Put out…", "Put out");
  await noor.page.locator(".rows .row", { hasText: name }).waitFor({ state: "detached" });
  expect([...mia.complaints, ...noor.complaints]).toEqual([]);
  await Promise.all([mia.close(), noor.close()]);
});

it("what is found opens where it was said, and what was taken back is not found", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  await noor.read("Sunday supper");
  await noor.page.getByRole("button", { name: "Search here" }).click();
  await noor.page.getByRole("searchbox").fill("rumour");
  const hit = noor.page.locator(".hits li").first();
  await hit.waitFor();
  expect(await hit.locator("mark").innerText()).toBe("rumour");
  await hit.locator("a, button").first().click();
  await noor.said("It thinks 180° is a rumour.").first().waitFor();
  await noor.page.getByRole("searchbox").fill("handsome");
  await noor.page.locator(".nothing").waitFor();
  await noor.close();
});

it("words that a rule names are not sent, and stay with who wrote them", async () => {
  const mia = await Visitor.enter(browser, url, "Mia");
  const noor = await Visitor.enter(browser, url, "Noor");
  const name = await mia.begin("manners", "Noor");
  await open(mia, "Settings");
  await mia.page.locator(".word-rules summary").click();
  await mia.page.getByLabel("Not said here", { exact: true }).fill("you fool*\nnonsense");
  await mia.page.getByLabel(/^Said, and those/).fill("*gold");
  await mia.page.getByRole("button", { name: "Save the words" }).click();
  await mia.page.getByText("The words are saved.").waitFor();
  await mia.page.keyboard.press("Escape");

  await noor.go(name);
  await noor.say("You… FOOLS!");
  const note = noor.page.locator(".message.refused .refusal");
  await note.waitFor();
  await noor.picture("words-refused");
  expect(await note.innerText()).toMatch(/some of these words aren’t used here[^]*Mia/i);
  expect(await noor.page.locator(".message.refused").innerText()).toContain("You… FOOLS!");
  await noor.say("marigold");
  await mia.sees("marigold");
  // What is flagged waits for who looks after the place; what the rules are is theirs to see again.
  await mia.page.getByRole("button", { name: /^Reports/ }).click();
  await mia.page.locator("dialog[open]").getByText("marigold").waitFor();
  await mia.page.keyboard.press("Escape");
  await open(mia, "Settings");
  await mia.page.locator(".word-rules summary").click();
  expect(await mia.page.getByLabel("Not said here", { exact: true }).inputValue()).toBe("you fool*\nnonsense");
  await Promise.all([mia.close(), noor.close()]);
});

async function open(by: Visitor, what: string): Promise<void> {
  await by.beside();
  await by.page.locator(".aside").getByRole("button", { name: what, exact: true }).click();
  await by.page.locator("dialog[open]").waitFor();
}

/** Changes a setting, through what it would come to. */
async function change(by: Visitor, choose: () => Promise<unknown>): Promise<void> {
  await open(by, "Settings");
  await choose();
  await by.page.getByRole("button", { name: "What if…" }).click();
  await by.page.getByRole("button", { name: "Save the change" }).click();
  await by.page.locator("dialog[open]").waitFor({ state: "detached" });
}

/** Does something about a member, through their menu. */
async function act(by: Visitor, whom: string, what: string, then?: string): Promise<void> {
  await by.beside();
  await by.page.getByRole("button", { name: `What you can do about ${whom}` }).click();
  await by.page.getByRole("button", { name: what }).click();
  if (then) await by.page.locator("dialog[open]").getByRole("button", { name: then, exact: true }).click();
  await by.page.locator("dialog[open]").waitFor({ state: "detached" });
}
