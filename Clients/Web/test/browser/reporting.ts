import type { Visitor } from "./browser.js";

/** Shows something, from the house. */
export type Screen = (visitor: Visitor) => Promise<void>;

const place = "Block party news";

/** Every screen of who reports something, and of who handles what was reported. */
export const reporting: Readonly<Record<string, Screen>> = {
  report: async (visitor) => {
    await visitor.read(place);
    await visitor.said("extension cords").focus();
    await visitor.page.keyboard.press("Enter");
    await visitor.page.getByRole("button", { name: "Report message…" }).click();
    await visitor.page.getByLabel("Self-harm").check();
  },
  "report-person": async (visitor) => {
    await beside(visitor);
    await visitor.page.getByRole("button", { name: "What you can do about Oskar" }).click();
    await visitor.page.getByRole("button", { name: "Report…" }).click();
    await visitor.page.locator("dialog[open] .what-next").waitFor();
  },
  "report-conversation": async (visitor) => {
    await beside(visitor);
    await visitor.page.getByRole("button", { name: "Report conversation…" }).click();
    await visitor.page.getByRole("radio", { name: "The staff" }).check();
  },
  reports: listed,
  "reports-settled": async (visitor) => {
    await listed(visitor);
    await visitor.page.getByRole("button", { name: "Settled" }).click();
    await visitor.page.locator("dialog[open] .report .acted, dialog[open] .report .dismissed").first().waitFor();
  },
  "reports-measures": async (visitor) => {
    await listed(visitor);
    await visitor.page.getByRole("button", { name: "Step in…" }).first().click();
  },
  "reports-settling": async (visitor) => {
    await listed(visitor);
    await visitor.page.getByRole("button", { name: "Acted on…" }).first().click();
  },
};

/** Every screen of who looks after the whole house, and of what one told them. */
export const ofTheHouse: Readonly<Record<string, Screen>> = {
  told: async (visitor) => {
    await card(visitor, "Oskar");
    await visitor.page.getByRole("button", { name: "Report…" }).click();
    await visitor.page.getByLabel("Spam").check();
    await visitor.page.getByLabel("More on that").fill("He tunes the piano at night, with a hammer, and sings along.");
    await visitor.page.getByRole("button", { name: "Report", exact: true }).click();
    await told(visitor);
    await visitor.page.locator("dialog[open] .report").first().waitFor();
  },
  "closing-out": async (visitor) => {
    await card(visitor, "Oskar");
    await visitor.page.getByRole("button", { name: "Close out of the house…" }).click();
  },
  "closed-out": async (visitor) => {
    const held = visitor.page.locator(".closed-out");
    await card(visitor, "Bob");
    const way = visitor.page.getByRole("button", { name: "Close out of the house…" });
    await held.or(way).waitFor();
    if (await held.count()) return;
    await way.click();
    await visitor.page.getByLabel("1 day").check();
    await visitor.page.getByLabel(/^Why/).fill("Asked for it himself: no telephone until tomorrow.");
    await visitor.page.getByRole("button", { name: "Close out", exact: true }).click();
    await visitor.page.locator("dialog[open]").waitFor({ state: "detached" });
    await card(visitor, "Bob");
    await held.waitFor();
  },
};

/** Opens what one told the staff. */
export async function told({ page }: Visitor): Promise<void> {
  if (await page.locator("dialog[open] .report, dialog[open] .nothing").count()) await page.keyboard.press("Escape");
  await page.evaluate(() => void (location.hash = "#/you"));
  await page.locator(".card", { hasText: "What you told the staff" }).getByRole("button").click();
}

/** Opens what one can do about somebody, from among the people. */
export async function card({ page }: Visitor, whom: string): Promise<void> {
  if (await page.locator("dialog[open]").count()) await page.keyboard.press("Escape");
  await page.evaluate(() => void (location.hash = "#/people"));
  const dialog = page.locator("dialog[open]");
  // The list may grow above it while one clicks.
  for (let tries = 0; tries < 5 && !(await dialog.count()); tries++) {
    await page.getByRole("button", { name: `What you can do about ${whom}` }).click();
    await dialog.waitFor({ timeout: 5_000 }).catch(() => undefined);
  }
  await dialog.locator(".menu-item").first().waitFor();
}

async function beside(visitor: Visitor): Promise<void> {
  await visitor.read(place);
  await visitor.page.getByRole("button", { name: "People and settings" }).click();
  await visitor.page.locator(".aside").waitFor();
}

async function listed(visitor: Visitor): Promise<void> {
  await beside(visitor);
  await visitor.page
    .locator(".aside")
    .getByRole("button", { name: /^Reports/ })
    .click();
  await visitor.page.locator("dialog[open] .report").first().waitFor();
}
