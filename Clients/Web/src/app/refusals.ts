import type { Refusal } from "../wire/types.js";
import { askWhom, isPermission, lengthOf, onlyWho, permitDoes } from "./permits.js";
import { me, views } from "./state.js";

const rules: Readonly<Record<string, string>> = {
  "direct.has_no_name": "A talk between two has no name of its own.",
  "direct.is_for_two": "A talk between two stays between two.",
  "direct.has_no_rules": "A talk between two has no roles and settings.",
  "direct.closed": "They are not taking messages now.",
  "group.is_not_closed": "Only a talk between two can be closed.",
  "pair.blocked_by_you": "You blocked them.",
  "pair.has_no_marks": "Two people have no marks.",
  "request.unknown": "There is no such request any more.",
  "person.not_accepting": "One of them does not want to be asked just now.",
  owner: "You own it.",
  "direct.default": "Nobody has this in a talk between two.",
  "group.default": "A group does not give this to everybody.",
  "channel.default": "A channel does not give this to everybody.",
  "everyone.denies": "It was taken from everybody here.",
  "everyone.allows": "Everybody has this here.",
  "member.denies": "It was taken from you here.",
  "member.allows": "It was given to you here.",
  "member.banned": "You were put out of here.",
  "member.timed_out": "You have not the word for a while.",
  "member.required": "Only people who are in may do this.",
  "member.none": "You are not in here anyway.",
  "member.roles_bound": "Twenty roles are the most that one can have.",
  "settings.locked": "It is locked just now.",
  "settings.slow_mode": "Messages are to be further apart here.",
  "settings.edit_window": "The time to change a message is over.",
  "settings.message_bytes": "Messages are to be shorter here.",
  "settings.join": "Not everybody may come in here.",
  "history.all": "Nothing that was said here is kept from you.",
  "history.join": "You see what was said since you came in.",
  "history.earlier": "You see some of what was said before you came in, as the settings were then.",
  "history.away": "You were out in between, and do not see what was said then.",
  "invitation.required": "One has to be asked in. You can knock.",
  "invitation.pending": "You were asked in.",
  "invitation.own": "You asked them in yourself.",
  "invitations.pending": "Too many invitations wait for an answer.",
  "knock.welcome": "Whoever is not in may knock.",
  "knock.own": "It was you who knocked.",
  "knocks.bound": "Too many people knock already.",
  "person.banned": "They were put out of here.",
  "person.not_a_member": "They are not in here.",
  "person.has_no_marks": "A person has no marks.",
  "rank.too_low": "Nobody acts on who or what stands as high as they do.",
  "grant.beyond_own": "Nobody gives what they have not themselves.",
  "owner.required": "Only the owner may do this.",
  "role.unknown": "There is no such role any more.",
  "roles.bound": "A hundred roles are there already.",
  "bans.bound": "Ten thousand people are kept out already.",
  "pins.bound": "Fifty messages are pinned already.",
  "message.own": "You wrote it.",
  "message.author_required": "Only who wrote a message may change it.",
  "message.unknown": "There is no such message, or it is not for you.",
  "message.gone": "The message was taken back.",
  "message.emoji_bound": "There are fifty different reactions already.",
  "mentions.bound": "A message mentions fifty people at most.",
  "members.bound": "Every seat is taken.",
  "people.at_once": "A thousand people at once is the most.",
  "link.valid": "The link lets you in.",
  "link.own": "It is your own link.",
  "link.unknown": "There is no such link.",
  "link.taken": "There is such a link already.",
  "link.not_for_you": "The link is for somebody else.",
  "link.expired": "The link has expired.",
  "link.used_up": "The link has been used up.",
  "link.maker_may_not": "Whoever made the link may not ask people in any more.",
  "links.bound": "There are a hundred links already.",
  "report.not_looked_at": "Say first why you look at it.",
  "report.of_no_message": "This report is about no message.",
  "report.of_oneself": "Nobody reports themselves.",
  "report.unknown": "There is no such report any more.",
  "reports.of_one": "Twenty reports of yours wait already.",
  "reports.open": "A thousand reports wait already.",
  "assignee.may_not": "They do not handle this report.",
  "direct.no_moderators": "A talk between two has nobody who looks after it.",
  "staff.none": "This house has no staff who could be told.",
  "rate.person": "That was a lot from you in a short time.",
  "rate.device": "That was a lot from this device in a short time.",
  "rate.conversation": "Very much is going on here just now.",
  "rate.queries": "This device asked for a lot in a short time.",
  "rate.misses": "Too much was asked for that is not there.",
  "conversation.unknown": "There is no such place, or it is not open to you.",
  "conversation.new": "Whoever begins it may.",
  "devices.revoked": "Too many devices were signed out already.",
  "room.not_inside": "You are not in that room any more.",
  "room.not_keeper": "Only whoever keeps the room may: who lit it, then who is in longest.",
  "room.guests": "The guest list is full.",
  "knock.unknown": "Nobody knocks there any more.",
  "knock.over": "The knock was too long ago.",
  "occupant.unknown": "They are not in here any more.",
  "wave.rate": "You waved a moment ago.",
  "friend.unknown": "Only friends can be waved at.",
  "verb.unknown": "This house does not know how to do that yet.",
  "query.changes_nothing": "A question changes nothing.",
  "client_id.reused": "This was sent before with other words.",
  "host.queue_full": "Too much is going on just now.",
  "host.store_unavailable": "Nothing can be kept just now.",
  "host.lease_lost": "The house is moving to another host.",
  "answer.unreadable": "The answer could not be read.",
  "client.no_answer_in_time": "Nobody answered in time.",
};

const fields: Readonly<Record<string, string>> = {
  body: "message",
  client_id: "request's id",
  seq: "message",
  for_ms: "time",
  slow_mode_ms: "pause between messages",
  edit_window_ms: "time for changes",
  message_bytes: "longest message",
  history_last: "number of messages",
  words: "search",
};

/** A rule in plain words; one that is not known is shown by its name rather than not at all. */
export function ruleOf(rule: string, conversation = "-"): string {
  const known = rules[rule];
  if (known) return known;
  const permission = /^permission\.(.+)$/.exec(rule)?.[1];
  if (permission && isPermission(permission)) return `You may not ${permitDoes(permission)}.`;
  const [, role = "", does] = /^role\.(.+)\.(allows|denies)$/.exec(rule) ?? [];
  if (does) {
    const name = views.value.get(conversation)?.state.rules.roles.get(role)?.name ?? role;
    return does === "denies" ? `The role “${name}” takes it away.` : `The role “${name}” gives it.`;
  }
  const words = /^words\.(.+)$/.exec(rule)?.[1];
  if (words) return `The rule about words “${words}” keeps it from being said.`;
  const [field = "", what] = rule.split(": ", 2);
  return what
    ? `The ${fields[field] ?? field} ${/^(is|has|are|must)\b/.test(what) ? what : `must be: ${what}`}.`
    : `The rule “${rule}”.`;
}

export const isKnownRule = (rule: string): boolean => !ruleOf(rule).startsWith("The rule “");

const reasons: Readonly<Record<string, string>> = {
  malformed: "it does not fit",
  too_large: "it is too long",
  not_found: "it is not there any more",
  not_a_member: "you are not in here",
  not_accepting: "they are not taking messages now",
  forbidden: "you may not do this here",
  unsupported: "that cannot be done here",
  banned: "you were put out of here",
  muted: "you have not the word just now",
  unwanted: "some of these words aren’t used here",
  locked: "it is locked",
  slow_mode: "that was too soon",
  too_late: "it is too late for that",
  link_ended: "the link lets nobody in any more",
  gone: "the message was taken back",
  full: "there is no room left",
  conflict: "it was sent before with other words",
  busy: "there is too much going on",
  rate_limited: "that was a lot at once",
  unavailable: "nothing can be kept just now",
  moved: "the house is moving",
  no_answer: "nobody answered",
};

// Of these the rule says more than the code.
const byRule = /^(forbidden|link_ended|unsupported|too_late|full|not_found|not_accepting)$/;

/** Why, in a few words: "only Hosts and the owner may pin messages here". */
export function reasonOf(refusal: Refusal, conversation = "-"): string {
  const rule = refusal.because.at(-1) ?? "";
  const permission = rule.replace(/^permission\./, "");
  const state = views.value.get(conversation)?.state;
  const only = state && isPermission(permission) ? onlyWho(state, permission) : "";
  if (only) return `${only} ${permitDoes(permission)}`;
  if (!byRule.test(refusal.code) || !isKnownRule(rule)) return reasons[refusal.code] ?? "it was turned down";
  const words = ruleOf(rule, conversation).replace(/\.$/, "");
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Whether somebody may help, who holds what is missing. */
export const isAboutPower = (refusal: Refusal): boolean =>
  /^(forbidden|locked|muted|slow_mode|too_late|too_large|unwanted)$/.test(refusal.code);

/** What else may be done where the rule says more than the code. */
const ways: Readonly<Record<string, string>> = {
  "staff.none": "You can still block somebody, or leave.",
  "reports.of_one": "Tell of it when some of them are settled.",
  "reports.open": "Tell of it when some of them are settled.",
};

/** Who can help, or what else may be done. */
export function wayOn(refusal: Refusal, conversation: string, who?: readonly string[]): string {
  const ask = askWhom(who ?? owners(conversation), conversation);
  const later = refusal.retry_after_ms === undefined ? "" : `Try again in ${soon(refusal.retry_after_ms)}`;
  if (/^(busy|rate_limited|unavailable|moved|no_answer)$/.test(refusal.code)) return "Try again in a moment.";
  const way = ways[refusal.because.at(-1) ?? ""];
  if (way) return way;
  switch (refusal.code) {
    case "too_large":
    case "unwanted":
    case "malformed":
      return who?.length ? `Change it, or ${ask.replace(/^A/, "a")}.` : "Change it, and send it again.";
    case "not_a_member":
      return "Join first, then send it again.";
    case "not_accepting":
      return refusal.because.includes("direct.closed")
        ? "Your words are kept here, for when they are."
        : "Ask the others without them, or wait for them to come.";
    case "banned":
    case "muted":
    case "slow_mode":
      return later ? `${later}${ask ? `, or ${ask.replace(/^A/, "a")}` : ""}.` : `${ask || "Try again later"}.`;
    case "gone":
    case "not_found":
      return "Nothing is left to do. What you wrote is kept here.";
    case "link_ended":
      return "Ask for another.";
    case "conflict":
      return "Send it again as something new.";
    case "full":
      return "Make room first, then try again.";
    default:
      return ask ? `${ask}, or leave it as it is.` : "Leave it as it is; nothing was changed.";
  }
}

// To the second where it is soon, else to the minute.
const soon = (ms: number): string =>
  lengthOf(Math.ceil(ms / (ms > 90_000 ? 60_000 : 1000)) * (ms > 90_000 ? 60_000 : 1000));

function owners(conversation: string): readonly string[] {
  const state = views.value.get(conversation)?.state;
  if (!state || state.kind === "direct") return [];
  return [...state.members]
    .filter(([person, member]) => member.role === "owner" && person !== me.value)
    .map(([person]) => person);
}
