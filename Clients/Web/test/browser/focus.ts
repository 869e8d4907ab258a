import { expect } from "vitest";
import type { Visitor } from "./browser.js";

/** What is wrong with where the focus is; null if it is seen. */
export function faultOfFocus(): string | null {
  const at = document.activeElement as HTMLElement | null;
  if (!at || at === document.body) return null;
  const name = `${at.tagName} ${at.className} ${at.getAttribute("aria-label") ?? at.textContent?.slice(0, 30)}`;
  const box = at.getBoundingClientRect();
  if (box.width < 1 || box.height < 1) return `${name}: has no size`;
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.y + Math.min(box.height, 40) / 2, 0), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  if (!over || !(at.contains(over) || over.contains(at))) return `${name}: under ${over?.tagName} ${over?.className}`;
  const ring = (one: Element, part?: string): boolean => {
    const style = getComputedStyle(one, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  // A message shows it at its bubble.
  const around = [at, at.parentElement, at.matches(".message") ? at.querySelector(".bubble") : null];
  // A door shows it around its window.
  return ring(at, "::after") || around.some((one) => one && ring(one)) ? null : `${name}: has no ring`;
}

/** What has the focus, by its name; nothing where it is lost. */
export const focused = ({ page }: Visitor): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null;
    if (at === null || at.matches("body, main")) return "";
    const label = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
    return label?.replaceAll(/\s+/g, " ").trim() ?? "";
  });

/** Something has the focus, and it is seen there. */
export async function isAt(one: Visitor, name: string | RegExp): Promise<void> {
  await expect.poll(() => focused(one), { timeout: 15_000 }).toMatch(name);
  expect(await one.page.evaluate(faultOfFocus)).toBe(null);
}

/** By Tab to what has this name; whatever has the focus on the way is seen. */
export async function tabTo(one: Visitor, name: RegExp): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 90) {
    await one.page.keyboard.press("Tab");
    const now = await focused(one);
    expect(await one.page.evaluate(faultOfFocus)).toBe(null);
    if (name.test(now)) return;
    passed.push(now);
  }
  throw new Error(`No ${name} among ${passed.join(" | ")}`);
}

export async function press(one: Visitor, ...keys: string[]): Promise<void> {
  for (const key of keys) await one.page.keyboard.press(key);
}

declare global {
  interface Window {
    heard?: string[];
  }
}

/** From now on keeps what is said aloud. */
export async function listen({ page }: Visitor): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = (window.heard = []);
    const loud = "[aria-live], [role=status], [role=alert]";
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const at = target instanceof Element ? target : target.parentElement;
        const added = at?.closest(loud) ?? at?.querySelector(loud);
        if (added?.textContent) heard.push(added.textContent.replaceAll(/\s+/g, " "));
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** It was said aloud. */
export const hears = ({ page }: Visitor, words: string | RegExp): Promise<void> =>
  expect.poll(() => page.evaluate(() => window.heard?.join("\n")), { timeout: 20_000 }).toMatch(words);
