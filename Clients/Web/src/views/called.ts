import type { How } from "../wire/calls.js";
import type { Party } from "../wire/house.js";
import type { Seen } from "../wire/types.js";

/** A call that was, as their conversation keeps it: who called, when it was over, and how long they talked. */
export interface Called {
  readonly by: string;
  readonly at: number;
  readonly video: boolean;
  readonly how: How;
  readonly length_ms: number;
}

/** A party that was, as all who were there wanted it kept. */
export interface Partied {
  readonly by: string;
  readonly at: number;
  readonly party: Party;
}

/** What stands between what was said. */
export type Kept = Called | Partied;

export const noCalls: readonly Kept[] = [];

/** With those that were seen, or stand between messages that were fetched: the oldest first, each once. */
export function withLines(kept: readonly Kept[], lines: readonly (Kept | Seen)[] = []): readonly Kept[] {
  const fresh = lines.filter((line) => "how" in line || "party" in line);
  if (fresh.length === 0) return kept;
  const all = [...fresh, ...kept].map((line) => [`${"how" in line}${line.at}`, line] as const);
  return [...new Map(all).values()].sort((a, b) => a.at - b.at);
}
