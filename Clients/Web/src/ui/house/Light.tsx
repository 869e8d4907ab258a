import { useState } from "preact/hooks";
import { light } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { house, lighting, type Lighting } from "../../app/house/state.js";
import { bonds } from "../../app/friends.js";
import { nameOf } from "../../app/words.js";
import { freeNames } from "../../views/house.js";
import type { Refusal } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { Face } from "../Face.js";

const longest = 40;
const mostGuests = 32;

/** A room to be lit: what it is called, whether it is locked, and whether it is for guests only. */
export function Light({ from }: { from: Lighting }) {
  const [name, setName] = useState(from.name);
  const [isLocked, setIsLocked] = useState(false);
  const [guests, setGuests] = useState<readonly string[]>(from.guests ?? []);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const close = (): void => void (lighting.value = null);
  const done = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!name.trim() || isBusy) return;
    setIsBusy(true);
    const answer = await light({
      name: name.trim(),
      ...(isLocked ? { locked: true } : {}),
      ...(guests.length > 0 ? { guests } : {}),
    });
    setIsBusy(false);
    setRefusal("refused" in answer ? answer.refused : null);
  };
  return (
    <Dialog title="Light a room" under="Friends will see the window, and may walk in." onClose={close}>
      <form class="lighting" onSubmit={(event) => void done(event)}>
        <div class="names" role="group" aria-label="What it may be called">
          {freeNames(house.value?.rooms ?? []).map((one) => (
            <button key={one} type="button" aria-pressed={name === one} onClick={() => setName(one)}>
              {one}
            </button>
          ))}
        </div>
        <label class="field">
          <span>Its name</span>
          <input value={name} maxLength={longest} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="switch">
          <input type="checkbox" checked={isLocked} onChange={(event) => setIsLocked(event.currentTarget.checked)} />
          Locked: curtains drawn, and whoever wants in knocks
        </label>
        <Guests guests={guests} onChange={setGuests} />
        {refusal && (
          <p class="door-note" role="alert">
            {plain(refusal)}
          </p>
        )}
        <div class="ends">
          <button type="button" class="button outline" onClick={close}>
            Not now
          </button>
          <button type="submit" class="button lamp" disabled={isBusy || !name.trim()}>
            Light it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface GuestsProps {
  guests: readonly string[];
  onChange: (people: readonly string[]) => void;
  isOpen?: boolean;
}

/** For whom a room is; for friends, where nobody is chosen. */
export function Guests({ guests, onChange, isOpen = guests.length > 0 }: GuestsProps) {
  const friends = [...bonds.value.values()].filter(({ state, blocked }) => state === "friend" && !blocked);
  const all = [...new Set([...guests, ...friends.map(({ person }) => person)])];
  const toggle = (person: string): void =>
    onChange(
      guests.includes(person) ? guests.filter((one) => one !== person) : [...guests, person].slice(0, mostGuests),
    );
  if (all.length === 0) return null;
  return (
    <details class="guests" open={isOpen}>
      <summary>Guests {guests.length > 0 ? `(${guests.length})` : "only: a party for some"}</summary>
      <p class="hint">Those you choose may walk in; other friends may knock. Choose nobody, and friends walk in.</p>
      <div class="people-choice" role="group" aria-label="Guests">
        {all.map((person) => (
          <button key={person} type="button" aria-pressed={guests.includes(person)} onClick={() => toggle(person)}>
            <Face person={person} size={44} />
            <span>{nameOf(person)}</span>
          </button>
        ))}
      </div>
    </details>
  );
}
