import type { HistoryPage, Message } from "../wire/types.js";
import type { History } from "./history.js";

/** The most messages whose bodies are held; what is beyond is fetched again. */
export const mostHeld = 2000;

// How many stay when that is too much: not with every page is the list made anew for letting go of one.
const kept = 1500;

export interface Window {
  readonly messages: History;
  /** Whether there is more before and after what is held. */
  readonly before: boolean;
  readonly after: boolean;
  /** What happened to the list last, for the list to keep its place. */
  readonly grew: "before" | "after" | "anew";
}

export const byNumber = (messages: readonly Message[]): History =>
  new Map(messages.map((message) => [message.seq, message]));

/** A window with one more page. */
export function grown(window: Window, where: "before" | "after", found: HistoryPage): Window {
  const page = byNumber(found.messages);
  const isBefore = where === "before";
  return {
    messages: new Map(isBefore ? [...page, ...window.messages] : [...window.messages, ...page]),
    before: isBefore ? found.more : window.before,
    after: isBefore ? window.after : found.more,
    grew: where,
  };
}

/** A window that lets go of what is too much at the other end than the one that grew. */
export function trimmed(window: Window): Window {
  if (window.messages.size <= mostHeld) return window;
  const all = [...window.messages];
  return window.grew === "before"
    ? { ...window, messages: new Map(all.slice(0, kept)), after: true }
    : { ...window, messages: new Map(all.slice(-kept)), before: true };
}
