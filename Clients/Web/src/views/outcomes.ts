import type { Difference } from "../wire/governing.js";
import { ownerRank, permissions, powersNow, rankOf, roleOf } from "./powers.js";
import type { State } from "./state.js";

/** What becomes of a permission: they have it, have it not, lose it or gain it. */
export type Cell = "has" | "lacks" | "loses" | "gains";

/** People of whom the same becomes, and who stand alike. */
export interface OutcomeRow {
  readonly people: readonly string[];
  /** The highest role of each, "owner", or none. */
  readonly role: string | null;
  readonly cells: readonly Cell[];
}

export interface Outcomes {
  /** The permissions that somebody loses or gains, in their order. */
  readonly columns: readonly string[];
  readonly rows: readonly OutcomeRow[];
  readonly losers: readonly string[];
  readonly gainers: readonly string[];
}

const standsAs = (state: State, person: string): string | null =>
  rankOf(state, person) === ownerRank ? "owner" : roleOf(state, person);

/** The differences as a table: each person once, with those of whom the same becomes; the highest come first. */
export function outcomesOf(state: State, differences: readonly Difference[], now: number): Outcomes {
  const columns = [...new Set(differences.map((one) => one.permission))].sort((a, b) => place(a) - place(b));
  const changed = new Map<string, Map<string, boolean>>();
  for (const { person, permission, gained } of differences)
    changed.set(person, (changed.get(person) ?? new Map<string, boolean>()).set(permission, gained));
  const rows = new Map<string, { people: string[]; role: string | null; cells: readonly Cell[] }>();
  // Those whom one does not hold are told of as well, if anything becomes of them.
  for (const person of new Set([...state.members.keys(), ...changed.keys()])) {
    const powers = powersNow(state, person, now);
    const theirs = changed.get(person);
    const cells = columns.map((column): Cell => {
      const gained = theirs?.get(column);
      if (gained !== undefined) return gained ? "gains" : "loses";
      return powers.has(column) ? "has" : "lacks";
    });
    const role = standsAs(state, person);
    const key = [role ?? "", ...cells].join(" ");
    const row = rows.get(key);
    if (row) row.people.push(person);
    else rows.set(key, { people: [person], role, cells });
  }
  return {
    columns,
    rows: [...rows.values()].sort((a, b) => rankOf(state, first(b)) - rankOf(state, first(a))),
    losers: who(differences, false),
    gainers: who(differences, true),
  };
}

const first = (row: OutcomeRow): string => row.people[0] ?? "";

const place = (permission: string): number => {
  const at = (permissions as readonly string[]).indexOf(permission);
  return at < 0 ? permissions.length : at;
};

const who = (differences: readonly Difference[], isGained: boolean): readonly string[] => [
  ...new Set(differences.filter((one) => one.gained === isGained).map((one) => one.person)),
];
