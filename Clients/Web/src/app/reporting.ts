import type { ConversationView } from "../views/entry.js";
import type { Cause, ReportCommand } from "../wire/reports.js";
import type { Message } from "../wire/types.js";
import { holders } from "./permits.js";
import { me } from "./state.js";
import { listed, nameOf } from "./words.js";

/** What is to be reported; somebody met outside of a conversation has none. */
export type Subject =
  | { readonly of: "message"; readonly conversation: string; readonly message: Message }
  | { readonly of: "person"; readonly conversation: string | null; readonly person: string }
  | { readonly of: "conversation"; readonly conversation: string };

/** What is wrong: as a name, and so that one knows whether it is that. */
export const causeWords: Readonly<Record<Cause, readonly [name: string, more: string]>> = {
  spam: ["Spam", "Unasked for, again and again"],
  harassment: ["Harassment", "Somebody is hounded or mocked"],
  hate: ["Hate", "Against people for what they are"],
  violence: ["Violence", "Done, shown or threatened"],
  sexual: ["Sexual", "Where nobody asked for it"],
  self_harm: ["Self-harm", "Somebody may hurt themselves"],
  other: ["Something else", "Say below what it is"],
};

/** Of a later kind there is only its word. */
export const causeName = (why: string): string =>
  (causeWords as Readonly<Record<string, readonly [string, string]>>)[why]?.[0] ?? why;

/** Whom it is about, if anybody. */
export function aboutOf(subject: Subject): string | null {
  if (subject.of === "message") return subject.message.by;
  return subject.of === "person" ? subject.person : null;
}

/**
 * Those who look after a conversation and are shown a report about somebody; of a large place, whom one knows of. Who
 * is not in tells the staff alone.
 */
export function seers({ state, viewer }: ConversationView, about: string | null): readonly string[] {
  if (state.kind === "direct" || !state.members.has(viewer)) return [];
  return holders(state, "reports").filter((person) => person !== about);
}

/** "Mia, Tomás and you" */
export function namesOf(people: readonly string[], conversation: string): string {
  const others = people.filter((person) => person !== me.value).map((person) => nameOf(person, conversation));
  return listed(others.length < people.length ? [...others, "you"] : others);
}

export interface Told {
  readonly why: Cause;
  readonly words: string;
  readonly isToStaff: boolean;
}

/** Where a report goes, and the command. */
export function requestOf(subject: Subject, { why, words, isToStaff }: Told): readonly [id: string, ReportCommand] {
  const more = { why, ...(words ? { reason: words } : {}) };
  if (subject.of === "person")
    return isToStaff || subject.conversation === null
      ? [subject.person, { verb: "person", ...more }]
      : [subject.conversation, { verb: "file", ...more, person: subject.person }];
  const staff = isToStaff ? { staff: true } : {};
  const seq = subject.of === "message" ? { seq: subject.message.seq } : {};
  return [subject.conversation, { verb: "file", ...more, ...seq, ...staff }];
}
