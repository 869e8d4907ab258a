import type { RoleEntry, Rules as Told, Seen, Settings } from "../wire/types.js";

/** How a conversation is kept: its settings, its roles, what is pinned and who knocks. */
export interface Rules {
  readonly settings: Settings;
  readonly roles: ReadonlyMap<string, RoleEntry>;
  /** Numbers of messages, in the order in which they were pinned. */
  readonly pins: readonly number[];
  readonly knocking: ReadonlySet<string>;
}

const closed: Settings = {
  join: "invite",
  history: "join",
  history_last: 0,
  announce_only: false,
  locked: false,
  slow_mode_ms: 0,
  edit_window_ms: 0,
  message_bytes: 16_384,
};

const open: Settings = { ...closed, join: "open", history: "all" };

export const initialRules: Rules = { settings: closed, roles: new Map(), pins: [], knocking: new Set() };

/** As a host tells it. */
export const rulesOf = (told: Told): Rules => ({
  settings: told.settings,
  roles: new Map(told.roles.map((role) => [role.role, role])),
  pins: told.pins.map((pin) => pin.seq),
  knocking: new Set(told.knocking),
});

export function evolveRules(rules: Rules, seen: Seen): Rules {
  switch (seen.type) {
    case "created":
      return { ...rules, settings: seen.kind === "channel" ? open : closed };
    case "settings_changed":
      return { ...rules, settings: seen.settings };
    case "role_set":
      return { ...rules, roles: new Map(rules.roles).set(seen.role, roleOf(seen)) };
    case "role_dropped":
      return { ...rules, roles: new Map([...rules.roles].filter(([role]) => role !== seen.role)) };
    case "pinned":
      return { ...rules, pins: [...without(rules.pins, seen.seq), seen.seq] };
    case "unpinned":
    case "redacted":
      return { ...rules, pins: without(rules.pins, seen.seq) };
    case "knocked":
      return { ...rules, knocking: new Set([...rules.knocking, seen.by]) };
    case "joined":
      return unknocked(rules, seen.by);
    case "invited":
      return unknocked(rules, ...seen.people);
    case "banned":
    case "uninvited":
      return unknocked(rules, seen.person);
    default:
      return rules;
  }
}

const without = (pins: readonly number[], seq: number): readonly number[] =>
  pins.includes(seq) ? pins.filter((one) => one !== seq) : pins;

const unknocked = (rules: Rules, ...people: readonly string[]): Rules =>
  people.some((person) => rules.knocking.has(person))
    ? { ...rules, knocking: new Set([...rules.knocking].filter((person) => !people.includes(person))) }
    : rules;

const roleOf = ({ role, name, rank, allow, deny }: RoleEntry): RoleEntry => ({
  role,
  name,
  rank,
  ...(allow === undefined ? {} : { allow }),
  ...(deny === undefined ? {} : { deny }),
});
