import type { Shelf } from "../sync/outbox.js";
import { drafts } from "./state.js";

let shelf: Shelf | null = null;
let prefix = "";

/** Finds what was begun and not sent. */
export function startDrafts(person: string, on: Shelf): void {
  shelf = on;
  prefix = `chat.draft.${person}.`;
  drafts.value = new Map(on.keys(prefix).map((key) => [key.slice(prefix.length), on.get(key) ?? ""]));
}

export function setDraft(conversation: string, text: string): void {
  const next = new Map(drafts.value);
  if (text.trim() === "") {
    next.delete(conversation);
    shelf?.remove(prefix + conversation);
  } else {
    next.set(conversation, text);
    shelf?.set(prefix + conversation, text);
  }
  drafts.value = next;
}
