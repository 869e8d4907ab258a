import { useState } from "preact/hooks";
import { known } from "../app/people.js";
import { isToken } from "../wire/subjects.js";
import { Face } from "./Face.js";

interface Props {
  action: string;
  isBusy: boolean;
  isSingle?: boolean;
  without: (person: string) => boolean;
  onDone: (people: readonly string[]) => void;
}

/** Those whom one knows already to choose from, and a line for anybody else. */
export function PeoplePicker({ action, isBusy, isSingle, without, onDone }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [other, setOther] = useState("");
  const offered = known.value.filter(({ person }) => !without(person));
  const all = isToken(other.trim()) ? [...chosen, other.trim()] : chosen;
  const toggle = (person: string): void => {
    if (isSingle) return onDone([person]);
    setChosen(chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person]);
  };
  const done = (event: Event): void => {
    event.preventDefault();
    if (all.length === 0) return;
    onDone(isSingle ? all.slice(-1) : all);
    setChosen([]);
    setOther("");
  };
  return (
    <form class="picker-form" onSubmit={done}>
      {offered.length > 0 && (
        <div class="people-choice" role="group" aria-label="Who">
          {offered.map(({ person, name }) => (
            <button key={person} type="button" aria-pressed={chosen.includes(person)} onClick={() => toggle(person)}>
              <Face person={person} size={44} />
              <span>{name}</span>
            </button>
          ))}
        </div>
      )}
      <div class="one-field">
        <label class="field">
          <span>Somebody else, by their id</span>
          <input value={other} autocomplete="off" spellcheck={false} onInput={(e) => setOther(e.currentTarget.value)} />
        </label>
        <button type="submit" class="button action" disabled={isBusy || all.length === 0}>
          {action}
        </button>
      </div>
    </form>
  );
}
