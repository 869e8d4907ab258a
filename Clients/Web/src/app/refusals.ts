import type { Refusal } from "../wire/types.js";
import { me, views } from "./state.js";
import { nameOf } from "./words.js";

const rules: Readonly<Record<string, string>> = {
  "channel.owner_required": "In a channel only its owners may do this.",
  "direct.has_no_name": "A talk between two has no name of its own.",
  "direct.is_for_two": "A talk between two stays between two.",
  "message.author_required": "Only who wrote a message may change it.",
  "message.author_or_owner_required": "Only who wrote a message, or an owner, may take it back.",
  "message.gone": "The message was taken back.",
  "message.emoji_bound": "There are fifty different reactions already.",
  "mentions.bound": "A message mentions fifty people at most.",
  "members.bound": "Every seat is taken.",
  "people.at_once": "A thousand people at once is the most.",
  "invitations.pending": "Too many invitations wait for an answer.",
  "conversation.unknown": "There is no such place, or it is not open to you.",
  "member.required": "Only people who are in may do this.",
  "client_id.reused": "This was sent before with other words.",
  "host.queue_full": "Too much is going on just now.",
  "host.store_unavailable": "Nothing can be kept just now.",
  "client.no_answer_in_time": "Nobody answered in time.",
};

const fields: Readonly<Record<string, string>> = { body: "message", client_id: "request's id", seq: "message" };

/** A rule in plain words; one that is not known is shown by its name rather than not at all. */
export function ruleOf(rule: string): string {
  const known = rules[rule];
  if (known) return known;
  const [field = "", what] = rule.split(": ", 2);
  return what
    ? `The ${fields[field] ?? field} ${/^(is|has|are|must)\b/.test(what) ? what : `must be: ${what}`}.`
    : `The rule “${rule}”.`;
}

const reasons: Readonly<Record<string, string>> = {
  malformed: "it does not fit",
  too_large: "it is too long",
  not_found: "it is not there any more",
  not_a_member: "you are not in here",
  forbidden: "you may not do this here",
  unsupported: "that cannot be done here",
  gone: "the message was taken back",
  full: "there is no room left",
  conflict: "it was sent before with other words",
  busy: "there is too much going on",
  unavailable: "nothing can be kept just now",
  no_answer: "nobody answered",
};

export const reasonOf = (refusal: Refusal): string => reasons[refusal.code] ?? "it was turned down";

/** Who can help, or what else may be done. */
export function wayOn(refusal: Refusal, conversation: string): string {
  const members = [...(views.value.get(conversation)?.state.members ?? [])];
  const owner = members.find(([person, member]) => member.role === "owner" && person !== me.value)?.[0];
  switch (refusal.code) {
    case "too_large":
    case "malformed":
      return "Change it, and send it again.";
    case "forbidden":
      return owner ? `Ask ${nameOf(owner)}, or leave it as it is.` : "Leave it as it is.";
    case "not_a_member":
      return "Join first, then send it again.";
    case "busy":
    case "unavailable":
    case "no_answer":
      return "Try again in a moment.";
    default:
      return owner ? `Ask ${nameOf(owner)}, or keep the words for elsewhere.` : "Your words are kept here.";
  }
}
