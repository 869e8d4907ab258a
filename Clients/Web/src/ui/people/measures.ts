import { me } from "../../app/state.js";
import { ownerRank, powersNow, rankOf } from "../../views/powers.js";
import type { State } from "../../views/state.js";
import type { IconName } from "../Icon.js";

export type Step = "roles" | "timeout" | "kick" | "ban" | "transfer";

export interface Item {
  readonly step: Step;
  readonly icon: IconName;
  readonly name: string;
}

/** What may be done about somebody: only what one may, and only with who stands below one. */
export function itemsOf(state: State, person: string, now: number): readonly Item[] {
  if (state.kind === "direct") return [];
  const may = powersNow(state, me.value, now);
  const mine = rankOf(state, me.value);
  const isBelow = rankOf(state, person) < mine;
  const all: readonly (readonly [boolean, Item])[] = [
    [isBelow && may.has("manage_roles"), { step: "roles", icon: "key", name: "Roles…" }],
    [isBelow && may.has("timeout"), { step: "timeout", icon: "clock", name: "Take the word for a while…" }],
    [isBelow && may.has("kick"), { step: "kick", icon: "door", name: "Put out…" }],
    [isBelow && may.has("ban"), { step: "ban", icon: "close", name: "Keep out…" }],
    [mine === ownerRank, { step: "transfer", icon: "house", name: "Make them the owner…" }],
  ];
  return all.filter(([is]) => is).map(([, item]) => item);
}
