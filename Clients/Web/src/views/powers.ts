import type { Command, Grant, Kind } from "../wire/types.js";
import { evolveRules } from "./rules.js";
import type { Member, State } from "./state.js";

/** What can be granted and denied, by its word on the wire, in its order. */
export const permissions = [
  ...(["send", "react", "invite", "rename", "pin", "announce", "skip_slow_mode"] as const),
  ...(["redact", "kick", "ban", "timeout", "manage_roles", "manage_settings", "admit", "attach"] as const),
  ...(["mention_everyone", "reports"] as const),
] as const;

export type Permission = (typeof permissions)[number];
export type Powers = ReadonlySet<string>;

/** What each kind gives every member. */
export const defaults: Readonly<Record<Kind, readonly Permission[]>> = {
  direct: ["send", "react", "pin", "attach"],
  group: ["send", "react", "invite", "rename", "pin", "attach"],
  channel: ["send", "react", "invite", "attach"],
};

/** The role that everybody has, below all others. */
export const everyone = "everyone";

/** Above every role. */
export const ownerRank = Number.MAX_SAFE_INTEGER;

const none: Powers = new Set();

const isOwner = (state: State, member: Member): boolean => member.role === "owner" && state.kind !== "direct";

/** All that the rules give a member: the kind, the role of everyone, all other roles at once, then they alone. */
export function powersOf(state: State, member: Member): Powers {
  if (isOwner(state, member)) return new Set(permissions);
  const { roles } = state.rules;
  const theirs = (member.roles ?? []).map((role) => roles.get(role));
  const layers: readonly (readonly (Grant | undefined)[])[] = [[roles.get(everyone)], theirs, [member.grant]];
  const powers = new Set<string>(state.kind ? defaults[state.kind] : []);
  for (const layer of layers) {
    // In a layer denials come first, so what it allows stays allowed.
    for (const grant of layer) for (const one of grant?.deny ?? []) powers.delete(one);
    for (const grant of layer) for (const one of grant?.allow ?? []) powers.add(one);
  }
  // Who may not speak cannot announce either, send files or call everyone, whatever grants it.
  if (!powers.has("send")) for (const one of ["announce", "attach", "mention_everyone"]) powers.delete(one);
  return powers;
}

export const isSilent = (member: Member, now: number): boolean => (member.timedOutUntil ?? 0) > now;

/** What somebody may do just now: nothing while they have not the word, or where it is locked for them. */
export function powersNow(state: State, person: string, now: number): Powers {
  const member = state.members.get(person);
  if (!member || isSilent(member, now)) return none;
  const powers = powersOf(state, member);
  const { locked, announce_only } = state.rules.settings;
  if (locked && !powers.has("manage_settings")) return none;
  if (!announce_only || powers.has("announce")) return powers;
  return new Set([...powers].filter((one) => one !== "send"));
}

const rankOfRole = (state: State, role: string): number => state.rules.roles.get(role)?.rank ?? 0;

/** How high somebody stands: the owner above all, then by their highest role; who is not in stands lowest. */
export function rankOf(state: State, person: string): number {
  const member = state.members.get(person);
  if (!member) return 0;
  if (isOwner(state, member)) return ownerRank;
  return Math.max(0, ...(member.roles ?? []).map((role) => rankOfRole(state, role)));
}

/** Whether somebody may take back what was said: by themselves, or by who stands no higher. */
export const mayTakeBack = (state: State, person: string, author: string, now: number): boolean =>
  person === author || (powersNow(state, person, now).has("redact") && rankOf(state, author) <= rankOf(state, person));

/** The highest role of somebody; none of who has no other than everybody's. */
export function roleOf(state: State, person: string): string | null {
  const roles = [...(state.members.get(person)?.roles ?? [])].filter((role) => state.rules.roles.has(role));
  return roles.sort((a, b) => rankOfRole(state, b) - rankOfRole(state, a))[0] ?? null;
}

/** The rules as a command would leave them. */
export function after(state: State, command: Command): State {
  const stamp = { conversation: "", version: state.version + 1, by: "", at: 0 };
  const { verb, ...fields } = command;
  switch (verb) {
    case "settings": {
      const settings = { ...state.rules.settings, ...fields };
      return { ...state, rules: evolveRules(state.rules, { ...stamp, type: "settings_changed", settings }) };
    }
    case "role":
      return { ...state, rules: evolveRules(state.rules, { ...stamp, ...command, type: "role_set" }) };
    case "drop_role":
      return { ...state, rules: evolveRules(state.rules, { ...stamp, type: "role_dropped", role: command.role }) };
    case "assign": {
      const { person, roles, allow = [], deny = [] } = command;
      return onMember(state, person, (member) => ({ ...member, roles, grant: { allow, deny } }));
    }
    case "transfer":
      return { ...state, members: new Map([...state.members].map(([p, m]) => [p, owned(m, p === command.person)])) };
    default:
      return state;
  }
}

const owned = (member: Member, isTheirs: boolean): Member => ({ ...member, role: isTheirs ? "owner" : "member" });

function onMember(state: State, person: string, change: (member: Member) => Member): State {
  const member = state.members.get(person);
  return member ? { ...state, members: new Map(state.members).set(person, change(member)) } : state;
}
