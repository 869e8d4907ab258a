import { signal } from "@preact/signals";
import type { Answer, Bond } from "../wire/types.js";
import { me } from "./state.js";

interface Page {
  readonly friends: readonly Bond[];
  readonly more: boolean;
}

/** How one stands to others, as one knows it; of who is not here nothing is known. */
export const bonds = signal<ReadonlyMap<string, Bond>>(new Map());

/** Of two about the same person the later one is how it is. */
export function takeBond(bond: Bond): void {
  const held = bonds.value.get(bond.person);
  if (held && held.version >= bond.version) return;
  bonds.value = new Map(bonds.value).set(bond.person, bond);
}

/** All there are; asked again after one was away. */
export async function loadBonds(ask: (after: object) => Promise<Answer<Page>>): Promise<void> {
  const whose = me.value;
  let after: string | undefined;
  const all = new Map<string, Bond>();
  for (let more = true; more;) {
    const answer = await ask(after === undefined ? {} : { after });
    if (!("ok" in answer) || me.value !== whose) return;
    for (const bond of answer.ok.friends) all.set(bond.person, bond);
    after = answer.ok.friends.at(-1)?.person;
    more = answer.ok.more && after !== undefined;
  }
  // What was heard meanwhile may be later than the list.
  for (const [person, bond] of bonds.value) if ((all.get(person)?.version ?? 0) < bond.version) all.set(person, bond);
  bonds.value = all;
}

export const forgetBonds = (): void => void (bonds.value = new Map());

export type FriendVerb = "request" | "accept" | "decline" | "cancel" | "remove" | "block" | "unblock";
