import type { Entry } from "../wire/types.js";
import { me, profiles, views } from "./state.js";

/** What somebody is called: in a conversation by their nickname there. */
export function nameOf(person: string, conversation?: string): string {
  const nickname = conversation && views.value.get(conversation)?.state.members.get(person)?.nickname;
  return nickname || profiles.value.get(person)?.name || plain(person);
}

// An id that nobody has given a name to reads better with a capital.
const plain = (person: string): string =>
  /^[a-z]/.test(person) ? person.charAt(0).toUpperCase() + person.slice(1) : person;

/** What a game is called: of one that the page does not know, its name reads well, too. */
export const gameName = (game: string): string => (game === "heads_up" ? "Heads-up" : plain(game.replaceAll("_", " ")));

export const youOr = (person: string, conversation?: string): string =>
  person === me.value ? "You" : nameOf(person, conversation);

export function otherOf(entry: Pick<Entry, "conversation">): string {
  const members = views.value.get(entry.conversation)?.state.members;
  return [...(members?.keys() ?? [])].find((person) => person !== me.value) ?? me.value;
}

export function titleOf(entry: Entry): string {
  if (entry.name) return entry.name;
  if (entry.kind === "direct") return nameOf(otherOf(entry));
  const others = [...(views.value.get(entry.conversation)?.state.members.keys() ?? [])].filter((p) => p !== me.value);
  return others.length > 0 ? listed(others.map((person) => nameOf(person))) : "Just you";
}

/** "Mia, Tomás and Yuki"; of many, the first ones. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
