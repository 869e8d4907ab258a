import { ownerRank, permissions, powersOf, rankOf, type Permission } from "../views/powers.js";
import type { State } from "../views/state.js";
import type { Settings } from "../wire/types.js";
import { me } from "./state.js";
import { listed, nameOf } from "./words.js";

/** A permission: as the head of a column, as what somebody does, and as what it is for. */
interface Words {
  readonly name: string;
  readonly does: string;
}

const words: Readonly<Record<Permission, Words>> = {
  send: { name: "Post", does: "post here" },
  react: { name: "React", does: "put emoji under messages here" },
  invite: { name: "Ask in", does: "ask people in" },
  rename: { name: "Name", does: "change its name and what it is about" },
  pin: { name: "Pin", does: "pin messages here" },
  announce: { name: "Announce", does: "post where only announcements are made" },
  skip_slow_mode: { name: "No pause", does: "write without a pause in slow mode" },
  redact: { name: "Take back", does: "take back what others said" },
  kick: { name: "Put out", does: "put people out" },
  ban: { name: "Keep out", does: "keep people out" },
  timeout: { name: "Silence", does: "take the word from people" },
  manage_roles: { name: "Roles", does: "make and give roles" },
  manage_settings: { name: "Settings", does: "change the settings" },
  mention_everyone: { name: "Call all", does: "call everyone here, or all who have a role" },
  reports: { name: "Reports", does: "see what was reported, and settle it" },
  attach: { name: "Files", does: "send pictures and files here" },
  admit: { name: "Door", does: "turn away who knocks or was asked in" },
};

const wordsOf = (permission: string): Words =>
  (words as Readonly<Record<string, Words>>)[permission] ?? { name: permission, does: permission };

export const permitName = (permission: string): string => wordsOf(permission).name;
export const permitDoes = (permission: string): string => wordsOf(permission).does;

export const isPermission = (word: string): word is Permission => (permissions as readonly string[]).includes(word);

export const roleName = (state: State, role: string): string =>
  role === "owner" ? "the owner" : (state.rules.roles.get(role)?.name ?? role);

/** Those who hold a permission, the highest first; of large places only those whom one knows of. */
export function holders(state: State, permission: string): readonly string[] {
  return [...state.members]
    .filter(([, member]) => powersOf(state, member).has(permission))
    .map(([person]) => person)
    .sort((a, b) => rankOf(state, b) - rankOf(state, a));
}

/** "only Hosts and the owner may": by the roles of those who hold it, by name who holds it without one. */
export function onlyWho(state: State, permission: string): string {
  const people = holders(state, permission);
  if (people.length === 0 || people.length === state.members.size) return "";
  const names = new Set(
    people.map((person) => {
      if (rankOf(state, person) === ownerRank) return "the owner";
      const roles = [...(state.members.get(person)?.roles ?? [])];
      const giving = roles.find((role) => state.rules.roles.get(role)?.allow?.includes(permission));
      return giving ? roleName(state, giving) : person === me.value ? "you" : nameOf(person);
    }),
  );
  return `only ${listed([...names].reverse())} may`;
}

/** Who may be asked: at most three names, and not oneself. */
export function askWhom(people: readonly string[], conversation: string): string {
  const names = people.filter((person) => person !== me.value).map((person) => nameOf(person, conversation));
  if (names.length === 0) return "";
  const some = names.slice(0, 3);
  return `Ask ${some.length < 2 ? some.join("") : `${some.slice(0, -1).join(", ")} or ${some.at(-1)}`}`;
}

// Who holds it and gives roles may give it on.
const granters = (state: State, permission: string): readonly string[] => {
  const giving = new Set(holders(state, "manage_roles"));
  return holders(state, permission).filter((person) => giving.has(person));
};

/** What who has not a permission reads in the place of what they would do: "You can't post here: only Hosts may." */
export function cannot(state: State, permission: string, conversation: string): string {
  // Where only announcements are made, posting is announcing.
  const asked = permission === "send" && state.rules.settings.announce_only ? "announce" : permission;
  const only = onlyWho(state, asked);
  const ask = askWhom(granters(state, asked), conversation);
  return `You can't ${permitDoes(permission)}${only ? `: ${only}` : ""}.${ask ? ` ${ask}.` : ""}`;
}

export const joinWords: Readonly<Record<Settings["join"], string>> = {
  open: "whoever knows it",
  invite: "who was asked in",
  knock: "who was asked in; others may knock",
};

export const historyWords: Readonly<Record<Settings["history"], string>> = {
  all: "all of it",
  join: "nothing",
  invite: "what was said since they were asked",
  last: "the last messages",
};

const lengths = [
  [86_400_000, "day", "days"],
  [3_600_000, "hour", "hours"],
  [60_000, "minute", "minutes"],
  [1000, "second", "seconds"],
] as const;

/** "5 minutes", "1 day": in the largest unit that says it whole. */
export function lengthOf(ms: number): string {
  for (const [unit, one, many] of lengths)
    if (ms >= unit && ms % unit === 0) return ms === unit ? `1 ${one}` : `${ms / unit} ${many}`;
  return `${Math.max(1, Math.ceil(ms / 1000))} s`;
}

/** A setting before and after, in words. */
export function settingLines(before: Settings, change: Partial<Settings>): readonly (readonly [string, string])[] {
  const now = { ...before, ...change };
  const lines: [keyof Settings, string, (of: Settings) => string][] = [
    ["join", "Who may come in", (of) => joinWords[of.join]],
    ["history", "What they see of before", (of) => seenOf(of)],
    ["history_last", "What they see of before", (of) => seenOf(of)],
    ["announce_only", "Announcements only", (of) => (of.announce_only ? "on" : "off")],
    ["locked", "Locked", (of) => (of.locked ? "on" : "off")],
    ["slow_mode_ms", "Slow mode", (of) => (of.slow_mode_ms ? lengthOf(of.slow_mode_ms) : "off")],
    ["edit_window_ms", "Changing a message", (of) => (of.edit_window_ms ? lengthOf(of.edit_window_ms) : "at any time")],
    ["message_bytes", "Longest message", (of) => `${of.message_bytes.toLocaleString("en")} bytes`],
  ];
  const changed = lines.filter(([key, , tell]) => key in change && tell(before) !== tell(now));
  const told = new Map(changed.map(([, name, tell]) => [name, `${tell(before)} → ${tell(now)}`]));
  return [...told];
}

const seenOf = (of: Settings): string =>
  of.history === "last" ? `the last ${of.history_last} messages` : historyWords[of.history];
