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

/** Those whom one knows already to choose from, fewer as one writes a name; and anybody else, by their id. */
export function PeoplePicker({ action, isBusy, isSingle, without, onDone }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [text, setText] = useState("");
  const start = text.trim().toLowerCase();
  const all = known.value.filter(({ person }) => !without(person));
  const offered = all.filter(
    ({ person, name }) => chosen.includes(person) || person.startsWith(start) || fits(name, start),
  );
  const found = offered.filter(({ person }) => !chosen.includes(person));
  // What fits one alone is they; what fits nobody may be an id.
  const meant = start === "" ? null : found.length === 1 ? found[0]?.person : found.length === 0 ? text.trim() : null;
  const people = meant && isToken(meant) && !without(meant) ? [...chosen, meant] : chosen;
  const toggle = (person: string): void => {
    setText("");
    if (isSingle) return onDone([person]);
    setChosen(chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person]);
  };
  const done = (event: Event): void => {
    event.preventDefault();
    if (people.length === 0) return;
    onDone(isSingle ? people.slice(-1) : people);
  };
  return (
    <form class="picker-form" onSubmit={done}>
      <div class="one-field">
        <label class="field">
          <span>A name; or an id, of who is not here</span>
          <input value={text} autocomplete="off" spellcheck={false} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <button type="submit" class="button action" disabled={isBusy || people.length === 0}>
          {action}
        </button>
      </div>
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
    </form>
  );
}

// Any of their names begins so.
const fits = (name: string, start: string): boolean =>
  name
    .toLowerCase()
    .split(/\s+/)
    .some((part) => part.startsWith(start));
