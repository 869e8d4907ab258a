import { useState } from "preact/hooks";
import { wave } from "../../app/house/actions.js";
import { roomName } from "../../app/house/names.js";
import { plain } from "../../app/house/refusals.js";
import { house, waved } from "../../app/house/state.js";
import { nameOf } from "../../app/words.js";
import type { RoomView } from "../../wire/house.js";
import { Dialog } from "../Dialog.js";
import { Face } from "../Face.js";

/** Friends who are in and not in here: whoever is waved at may walk in, locked or not. */
export function WaveOver({ view, onClose }: { view: RoomView; onClose: () => void }) {
  const [note, setNote] = useState("");
  const [said, setSaid] = useState("");
  const inside = new Set(view.occupants.map(({ person }) => person));
  const others = (house.value?.friends ?? []).filter(({ person }) => !inside.has(person));
  const ask = async (person: string, buzz: boolean): Promise<void> => {
    const answer = await wave(person, { room: view.room, ...(buzz ? { buzz } : {}) });
    setNote("refused" in answer ? plain(answer.refused) : "");
    setSaid("refused" in answer ? "" : `${buzz ? "Buzzed" : "Waved at"} ${nameOf(person)}.`);
  };
  return (
    <Dialog
      title="Wave someone over"
      under={`They may walk into ${view.name}, locked or not.`}
      onClose={onClose}
      isSmall
    >
      {others.length === 0 && <p class="nothing">Nobody else is in just now. They see your window when they come.</p>}
      <ul class="people wave-over">
        {others.map(({ person, where, room }) => (
          <li key={person}>
            <Face person={person} size={44} />
            <span>
              <b>{nameOf(person)}</b>
              <small>
                {waved.value.has(person) ? "waved at" : where === "room" && room ? roomName(room) : "in the hall"}
              </small>
            </span>
            <button
              type="button"
              class="button small action"
              aria-label={`Wave ${nameOf(person)} over`}
              onClick={() => void ask(person, false)}
            >
              👋 Wave
            </button>
            <button
              type="button"
              class="button small quiet"
              aria-label={`Buzz ${nameOf(person)}`}
              onClick={() => void ask(person, true)}
            >
              Buzz
            </button>
          </li>
        ))}
      </ul>
      <p class="sr-only" role="status">
        {said}
      </p>
      {note && (
        <p class="door-note" role="alert">
          {note}
        </p>
      )}
    </Dialog>
  );
}
