import { effect, signal } from "@preact/signals";
import { kept } from "./start.js";

export type Theme = "system" | "light" | "dark";

export const theme = signal<Theme>((kept.get("chat.theme") as Theme | null) ?? "system");

/** Whether single keys do something outside of text. */
export const singleKeys = signal(kept.get("chat.keys") !== "off");

export function startTheme(): void {
  effect(() => {
    const { documentElement } = document;
    if (theme.value === "system") documentElement.removeAttribute("data-theme");
    else documentElement.dataset["theme"] = theme.value;
    kept.set("chat.theme", theme.value);
  });
  effect(() => kept.set("chat.keys", singleKeys.value ? "on" : "off"));
}
