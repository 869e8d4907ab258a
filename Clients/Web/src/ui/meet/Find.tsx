import { useState } from "preact/hooks";
import { bonds } from "../../app/friends.js";
import { askOnce } from "../../app/start.js";
import { profiles } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { Profile } from "../../wire/types.js";
import { Face } from "../Face.js";
import { useBond } from "../people/Friendly.js";
import { OneField } from "../Request.js";

/** Looks for people by what they are called: of who lets one find them. */
export function Find() {
  const [found, setFound] = useState<readonly string[] | null>(null);
  const find = async (words: string): Promise<void> => {
    const answer = await askOnce<{ people: readonly Profile[] }>("person", "-", "find", { words, limit: 12 });
    if (!("ok" in answer)) return;
    const { people } = answer.ok;
    profiles.value = new Map([...profiles.value, ...people.map((one) => [one.person, one] as const)]);
    setFound(people.map(({ person }) => person));
  };
  return (
    <section class="some-people" aria-label="Find somebody">
      <h2>Find somebody</h2>
      <OneField
        label="Their name, or their handle"
        value=""
        action="Find"
        isDisabled={false}
        onSave={(words) => void find(words)}
      />
      {found && found.length > 0 && (
        <ul class="people">
          {found.map((person) => (
            <Found key={person} person={person} />
          ))}
        </ul>
      )}
      {found?.length === 0 && (
        <p class="nothing" role="status">
          Nobody who lets you find them is called so.
        </p>
      )}
    </section>
  );
}

function Found({ person }: { person: string }) {
  const { change, isBusy, note } = useBond(person);
  const name = nameOf(person);
  const state = bonds.value.get(person)?.state ?? "none";
  return (
    <>
      <li>
        <Face person={person} size={48} />
        <span>
          <b>{name}</b>
          <small>{profiles.value.get(person)?.about ?? person}</small>
        </span>
        {state === "none" && (
          <button
            type="button"
            class="button action"
            aria-label={`Ask ${name} to be friends`}
            disabled={isBusy}
            onClick={() => void change("request")}
          >
            Ask
          </button>
        )}
      </li>
      {note}
    </>
  );
}
