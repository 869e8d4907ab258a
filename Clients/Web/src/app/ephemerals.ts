import type { Ephemeral } from "../wire/types.js";
import { keepProfiles } from "./people.js";
import { me, receipts, reported, typing } from "./state.js";

/** What who told of something is told when it is settled; by whom is told to nobody. */
export const settledWords = {
  acted: "Something was done about what you reported.",
  dismissed: "What you reported was looked at; there was nothing to do about it.",
} as const;

const typingLasts = 6000;

/** Takes in what nobody keeps: who is writing, how far the others are, and that there are other reports. */
export function hear(what: Ephemeral): void {
  if (what.type === "profile") return keepProfiles([what]);
  if (what.type === "reported") return changed(what.conversation);
  if (what.type === "heads" || what.type === "call_signal" || what.by === me.value) return;
  if (what.type === "receipt") {
    const { conversation, by, read, delivered } = what;
    const marks = new Map(receipts.value.get(conversation));
    const before = marks.get(by) ?? { read: 0, delivered: 0 };
    marks.set(by, { read: Math.max(before.read, read), delivered: Math.max(before.delivered, delivered) });
    receipts.value = new Map(receipts.value).set(conversation, marks);
    return;
  }
  setTyping(what.conversation, (people) => people.set(what.by, Date.now() + typingLasts));
  setTimeout(() => tidy(what.conversation), typingLasts + 50);
}

function changed(conversation: string): void {
  reported.value = new Map(reported.value).set(conversation, (reported.value.get(conversation) ?? 0) + 1);
}

/** Whoever said something is done writing it. */
export function quiet(conversation: string, person: string): void {
  if (typing.value.get(conversation)?.has(person)) setTyping(conversation, (people) => people.delete(person));
}

function tidy(conversation: string): void {
  const now = Date.now();
  setTyping(conversation, (people) => {
    for (const [person, until] of people) if (until <= now) people.delete(person);
  });
}

function setTyping(conversation: string, change: (people: Map<string, number>) => void): void {
  const people = new Map(typing.value.get(conversation));
  change(people);
  typing.value = new Map(typing.value).set(conversation, people);
}
