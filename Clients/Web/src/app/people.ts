import { computed } from "@preact/signals";
import { loadFaces } from "../sync/account.js";
import { me, profiles, views, type Profile } from "./state.js";
import { nameOf } from "./words.js";

/** Whom one shares a conversation with, and whom the development issuer knows; by name. */
export const known = computed<readonly Profile[]>(() => {
  const people = new Set(profiles.value.keys());
  for (const view of views.value.values())
    if (view.state.memberCount <= 50) for (const person of view.state.members.keys()) people.add(person);
  people.delete(me.value);
  return [...people]
    .map((person) => profiles.value.get(person) ?? { person, name: nameOf(person) })
    .sort((a, b) => a.name.localeCompare(b.name));
});

/** The names of the people for trying things out; without them, ids do. */
export async function findNames(): Promise<void> {
  if (profiles.value.size > 0) return;
  try {
    profiles.value = new Map((await loadFaces()).map((face) => [face.person, face]));
  } catch {
    // Names are nicer than ids, and nothing hangs on them.
  }
}
