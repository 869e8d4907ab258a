import { go, route } from "../app/route.js";
import { inbox } from "../app/state.js";
import { singleKeys } from "../app/theme.js";
import type { Desk } from "./conversation/desk.js";
import { dialog } from "./dialogs.js";
import { aside } from "./panes.js";

let desk: Desk | null = null;
let lastG = 0;
let roomKeys: Readonly<Record<string, () => void>> = {};

export function setDesk(open: Desk | null): void {
  desk = open;
}

/** Single keys of the room that is on the screen, and `escape`, also out of text; ends with what it gives. */
export function setRoomKeys(keys: typeof roomKeys): () => void {
  roomKeys = keys;
  return () => {
    if (roomKeys === keys) roomKeys = {};
  };
}

/** The keys of the whole page; those of a message are the feed's. */
export function startKeys(): () => void {
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}

/** Where keys are letters. */
export const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const out = event.key === "Escape" ? roomKeys["escape"] : undefined;
  if (out) return (event.preventDefault(), out());
  if (always(event) || (!isText(event.target) && outsideOfText(event))) event.preventDefault();
}

function always(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    dialog.value = "goto";
    return true;
  }
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  if (!event.altKey || step === 0) return false;
  move(step, event.shiftKey);
  return true;
}

function move(step: number, onlyUnread: boolean): void {
  const here = route.value.conversation;
  const all = inbox.value.filter((entry) => !onlyUnread || entry.unread > 0 || entry.conversation === here);
  if (all.length === 0) return;
  const at = all.findIndex((entry) => entry.conversation === here);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  go({ conversation: all[next]?.conversation ?? null });
}

function outsideOfText(event: KeyboardEvent): boolean {
  if (event.key === "Escape") {
    document.getElementById("composer")?.focus();
    return desk !== null;
  }
  if (!singleKeys.value || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "/") return ((aside.value = "search"), true);
  if (event.key === "?") return ((dialog.value = "keys"), true);
  if (event.key.toLowerCase() === "g") return ((lastG = Date.now()), true);
  const ofRoom = roomKeys[event.key.toLowerCase()];
  if (ofRoom) return (ofRoom(), true);
  if (event.key.toLowerCase() !== "h" || Date.now() - lastG > 1500) return false;
  go({ place: "house" });
  return true;
}
