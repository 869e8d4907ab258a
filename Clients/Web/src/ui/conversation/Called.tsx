import { useEffect, useState } from "preact/hooks";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { everyone, powersNow } from "../../views/powers.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";

/** The name that is being written at the caret, with its sign. */
export const calledAt = (text: string, caret: number): string | null =>
  /(?:^|\s)(@[\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret))?.[1] ?? null;

interface Props {
  view: ConversationView;
  start: string;
  onPick: (name: string) => void;
}

/** Who may be meant: Tab or Enter takes the one that is marked. */
export function Called({ view, start, onPick }: Props) {
  const [at, setAt] = useState(0);
  const begin = start.slice(1).toLowerCase();
  const people = [...view.state.members.keys()]
    .filter((person) => person !== me.value)
    .map((person) => ({ id: person, name: nameOf(person, view.conversation), isRole: false }));
  const mayCall = powersNow(view.state, me.value, Date.now()).has("mention_everyone");
  const roles = [...view.state.rules.roles].filter(([id]) => id !== everyone);
  const called = [[everyone, { name: everyone }] as const, ...roles];
  const all = mayCall ? [...people, ...called.map(([id, { name }]) => ({ id, name, isRole: true }))] : people;
  const found = all.filter(({ id, name }) => name.toLowerCase().startsWith(begin) || id.startsWith(begin)).slice(0, 6);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    const box = document.getElementById("composer");
    const keys = (event: KeyboardEvent): void => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const one = found[chosen];
      if (step && found.length > 0) setAt((chosen + step + found.length) % found.length);
      else if ((event.key === "Tab" || event.key === "Enter") && one) onPick(one.name);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // Before the box's own keys, which would send.
    box?.addEventListener("keydown", keys, true);
    return () => box?.removeEventListener("keydown", keys, true);
  });
  if (found.length === 0) return null;
  return (
    <ul class="called" aria-label="Who">
      {found.map(({ id, name, isRole }, index) => (
        <li key={id}>
          <button type="button" tabIndex={-1} class={index === chosen ? "chosen" : ""} onClick={() => onPick(name)}>
            {isRole ? <Icon name="horn" size={24} /> : <Face person={id} size={24} />} {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
