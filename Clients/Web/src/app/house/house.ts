import { effect } from "@preact/signals";
import { go, route } from "../route.js";
import type { HouseTold, RoomTold } from "../../wire/house.js";
import { findPeople } from "../people.js";
import { line } from "../line.js";
import { askOnce, askPeople, calls, kept, say } from "../start.js";
import { listed, nameOf } from "../words.js";
import { walkIn } from "./actions.js";
import { roomName } from "./names.js";
import { Keeping } from "./keeping.js";
import "./playing.js";
import { sound } from "./sounds.js";
import { presence, presenceKey, type Presence } from "./state.js";

let keeping: Keeping | null = null;
let takeSignal: (by: string, device: string, data: string) => void = () => undefined;

/** Gives what others signal for the call to whoever holds it. */
export function onSignal(take: typeof takeSignal): () => void {
  takeSignal = take;
  return () => void (takeSignal = () => undefined);
}

const start = (): Keeping =>
  new Keeping({
    ask: askOnce,
    came: (people) => {
      const names = people.map((person) => nameOf(person));
      if (names.length > 0) say(`${listed(names)} came in.`);
    },
    waved: (by, where, buzz) => {
      const does = buzz ? "buzzes" : "waves";
      sound(buzz ? "buzz" : "wave");
      say(where ? `${nameOf(by)} ${does}: come to ${roomName(where)}.` : `${nameOf(by)} ${does} at you.`);
    },
    admitted: (id) => void walkIn(id),
    gone: (id, name, why) => {
      if (route.value.room === id) go({ place: "house" });
      if (why === "expelled") say(`You were put out of ${name}. Its keeper may.`);
      if (why === "ended") say(`${name} is dark again.`);
    },
    signal: (by, device, data) => takeSignal(by, device, data),
    onCall: (other) => void ((other || line.value) && calls().then(({ found }) => found(other))),
    met: (people) => void findPeople(askPeople, people),
  });

/** Comes in, with the first connection, and holds on with each further one. */
export function openHouse(): void {
  keeping ??= start();
  keeping.open();
}

export async function closeHouse(): Promise<void> {
  const closing = keeping;
  keeping = null;
  closing?.close();
  await closing?.away();
}

export const hearHouse = (told: HouseTold): void => keeping?.hear(told);
export const hearRoom = (told: RoomTold): void => keeping?.inRoom(told);

/** What else may be done with one's place in the house. */
export const keeper = (): Keeping | null => keeping;

const before = kept.get(presenceKey) as Presence | null;
if (before === "sneak" || before === "out") presence.value = before;
effect(() => kept.set(presenceKey, presence.value));

// Whoever loads the page anew is back before they are put out of their room. What else is open of it on this device
// says so, once what this says has arrived, and again where that took long.
const others = new BroadcastChannel("chat.house");
const backAfter = [1000, 5000];
others.onmessage = () => backAfter.forEach((after) => void setTimeout(() => void keeping?.here(), after));
addEventListener("pagehide", () => {
  others.postMessage("gone");
  void keeping?.away();
});
addEventListener("pageshow", (event) => event.persisted && keeping?.open());
