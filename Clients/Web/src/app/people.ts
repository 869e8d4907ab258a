import { computed } from "@preact/signals";
import { loadFaces } from "../sync/account.js";
import type { Answer, Profile } from "../wire/types.js";
import { me, profiles, views } from "./state.js";
import { nameOf } from "./words.js";

type Ask = (people: readonly string[]) => Promise<Answer<{ people: readonly Profile[] }>>;

/** Those of a large channel are many, and few of them are seen. */
const fewEnough = 200;
const atOnce = 200;
const asked = new Set<string>();

/** Whom one shares a conversation with, and whom the development issuer knows; by name. */
export const known = computed<readonly (Profile & { readonly name: string })[]>(() => {
  const people = new Set([...profiles.value.keys(), ...membersOf()]);
  people.delete(me.value);
  return [...people]
    .map((person) => ({ ...profiles.value.get(person), person, name: nameOf(person) }))
    .sort((a, b) => a.name.localeCompare(b.name));
});

function membersOf(): ReadonlySet<string> {
  const people = new Set<string>();
  for (const view of views.value.values())
    if (view.state.memberCount <= fewEnough) for (const person of view.state.members.keys()) people.add(person);
  return people;
}

/** The names of the people for trying things out; without them, ids do. */
export async function findFaces(): Promise<void> {
  try {
    const faces = await loadFaces();
    profiles.value = new Map([...faces.map((face) => [face.person, face] as const), ...profiles.value]);
  } catch {
    // Names are nicer than ids, and nothing hangs on them.
  }
}

/** Asks who those are that one has not asked about yet: whom one shares a conversation with, or those who are given. */
export async function findPeople(ask: Ask, people?: readonly string[]): Promise<void> {
  const wanted = [...new Set(people ?? [me.value, ...membersOf()])].filter((person) => !asked.has(person));
  for (let from = 0; from < wanted.length; from += atOnce) {
    const some = wanted.slice(from, from + atOnce);
    for (const person of some) asked.add(person);
    const answer = await ask(some);
    if ("ok" in answer) keepProfiles(answer.ok.people);
    else for (const person of some) asked.delete(person);
  }
}

/** What people say of themselves goes before what is known of them otherwise. */
export function keepProfiles(said: readonly Profile[]): void {
  const next = new Map(profiles.value);
  for (const { person, name, about } of said) {
    const before = next.get(person);
    next.set(person, {
      ...before,
      person,
      ...(name === undefined ? {} : { name }),
      ...(about === undefined ? {} : { about }),
    });
  }
  profiles.value = next;
}

export function forgetPeople(): void {
  asked.clear();
  profiles.value = new Map();
}
