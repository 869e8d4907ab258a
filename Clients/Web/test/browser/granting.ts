import type { Visitor } from "./browser.js";

/** Gives somebody a permission where one is, by a role that is made for it. */
export async function grant(by: Visitor, permission: string, whom: string): Promise<void> {
  const { page } = by;
  const saved = async (): Promise<void> => {
    await page.getByRole("button", { name: "What if…" }).click();
    await page.getByRole("button", { name: "Save the change" }).click();
  };
  await by.beside();
  await page.locator(".aside").getByRole("button", { name: "Roles", exact: true }).click();
  await page.getByRole("button", { name: "New role" }).click();
  await page.getByLabel("Its name").fill("Keepers");
  await page
    .getByRole("group", { name: new RegExp(`^${permission}`) })
    .getByLabel("Gives")
    .check();
  await saved();
  await page.locator("dialog[open]").getByText("Keepers").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `What you can do about ${whom}` }).click();
  await page.getByRole("button", { name: "Roles…" }).click();
  await page.getByLabel("Keepers").check();
  await saved();
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}
