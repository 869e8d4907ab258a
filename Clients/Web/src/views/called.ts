import type { Call, How } from "../wire/calls.js";
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

/** More of them are not held of one conversation. */
const most = 100;

export const noCalls: readonly Kept[] = [];

/** After one more thing seen, the oldest first. */
export const evolveCalls = (calls: readonly Kept[], seen: Seen): readonly Kept[] =>
  "how" in seen || "party" in seen ? [...calls.slice(1 - most), seen] : calls;

/** The calls that were heard, and the last one of the two, if it was not. */
export function withLast(calls: readonly Kept[], last: Call | undefined): readonly Kept[] {
  const { how, ended_at: at, caller: by, video, answered_at: since } = last ?? {};
  if (!how || at === undefined || !by || video === undefined || (calls.at(-1)?.at ?? 0) >= at) return calls;
  return [...calls, { by, at, video, how, length_ms: since === undefined ? 0 : at - since }];
}
