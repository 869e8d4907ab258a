import { effect } from "@preact/signals";
import { flights, room } from "../../app/house/state.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { Line } from "../../wire/house.js";
import { Reader } from "../announce.js";
import { wordsOf } from "./lines.js";

/** Reads out what is said and what happens in a room from now on; ends with what it gives. */
export function readAloud(id: string): () => void {
  const reader = new Reader();
  let last = Math.max(0, ...(room.value?.talk.map(({ version }) => version) ?? []));
  const flying = new Reader("reactions");
  let flown = 0;
  const flightsEnd = effect(() => {
    for (const { id, by, emoji } of flights.value.filter((one) => one.id > flown && one.by !== me.value)) {
      flown = id;
      flying.read(`${nameOf(by)}: ${emoji}`);
    }
  });
  const linesEnd = effect(() => {
    const view = room.value;
    if (view?.room !== id) return;
    const fresh = view.talk.filter((line: Line) => line.version > last && line.by !== me.value);
    last = Math.max(last, ...view.talk.map(({ version }) => version));
    for (const line of fresh) reader.read(wordsOf(line));
  });
  return () => (linesEnd(), flightsEnd());
}
