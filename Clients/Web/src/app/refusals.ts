import type { Refusal } from "../wire/types.js";
import { me, views } from "./state.js";
import { nameOf } from "./words.js";

const rules: Readonly<Record<string, string>> = {
  "direct.has_no_name": "A talk between two has no name of its own.",
  "direct.is_for_two": "A talk between two stays between two.",
  "message.author_required": "Only who wrote a message may change it.",
  "direct.has_no_rules": "A talk between two has no roles and settings.",
  owner: "You own it.",
  "direct.default": "Nobody has this in a talk between two.",
  "group.default": "A group does not give this to everybody.",
  "channel.default": "A channel does not give this to everybody.",
  "everyone.denies": "It was taken from everybody here.",
  "member.denies": "It was taken from you here.",
  "member.banned": "You were put out of here.",
  "member.timed_out": "You have not the word for a while.",
  "settings.locked": "It is locked just now.",
  "settings.slow_mode": "Messages are to be further apart here.",
  "settings.edit_window": "The time to change a message is over.",
  "settings.message_bytes": "Messages are to be shorter here.",
  "settings.join": "Not everybody may come in here.",
  "invitation.required": "One has to be asked in. You can knock.",
  "person.banned": "They were put out of here.",
  "person.not_a_member": "They are not in here.",
  "rank.too_low": "They stand as high as you here.",
  "grant.beyond_own": "Nobody gives what they have not themselves.",
  "owner.required": "Only the owner may do this.",
  "role.unknown": "There is no such role.",
  "pins.bound": "Fifty messages are pinned already.",
  "permission.send": "You may not say anything here.",
  "permission.react": "You may not react here.",
  "permission.invite": "You may not ask people in here.",
  "permission.rename": "You may not change its name or topic.",
  "permission.pin": "You may not pin messages here.",
  "permission.announce": "Only announcements are made here.",
  "permission.redact": "You may not take back what others said.",
  "permission.kick": "You may not put anybody out.",
  "permission.ban": "You may not keep anybody out.",
  "permission.timeout": "You may not silence anybody.",
  "permission.manage_roles": "You may not give roles.",
  "permission.manage_settings": "You may not change the settings.",
  "permission.admit": "You may not decide who is let in.",
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
  const role = /^role\.(.+)\.(allows|denies)$/.exec(rule);
  if (role) return role[2] === "denies" ? `The role “${role[1]}” takes it away.` : `The role “${role[1]}” gives it.`;
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
  banned: "you were put out of here",
  muted: "you have not the word just now",
  locked: "it is locked",
  slow_mode: "that was too soon",
  too_late: "it is too late for that",
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
    case "muted":
    case "slow_mode":
      return refusal.retry_after_ms === undefined
        ? "Try again later."
        : `Try again in ${Math.max(1, Math.ceil(refusal.retry_after_ms / 1000))} s.`;
    case "busy":
    case "unavailable":
    case "no_answer":
      return "Try again in a moment.";
    default:
      return owner ? `Ask ${nameOf(owner)}, or keep the words for elsewhere.` : "Your words are kept here.";
  }
}
