import { useEffect, useRef, useState } from "preact/hooks";
import { inRoom } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { me } from "../../app/state.js";
import { nameOf, youOr } from "../../app/words.js";
import type { Line, RoomView } from "../../wire/house.js";
import type { Refusal } from "../../wire/types.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { isTalkOpen, isWavingOver, noteTo } from "./state.js";
import { happening } from "./lines.js";

const longest = 1000;

/** What is said in the room, to all or to one, and who came how. */
export function Talk({ view }: { view: RoomView }) {
  const { talk, name } = view;
  const end = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const { current } = end;
    if (current) current.scrollTop = current.scrollHeight;
  }, [talk.at(-1)?.version, isTalkOpen.value]);
  return (
    <aside class={isTalkOpen.value ? "room-talk open" : "room-talk"} aria-label={`In ${name}`}>
      <header>
        <div>
          <h2>In the {name.toLowerCase().startsWith("the ") ? name.slice(4) : name.toLowerCase()}</h2>
          <p>Stays in this room, with whoever is inside.</p>
        </div>
        <button type="button" class="round fold" aria-label="Close" onClick={() => (isTalkOpen.value = false)}>
          <Icon name="close" />
        </button>
      </header>
      <ol class="room-lines" ref={end} tabIndex={0} aria-label="What was said">
        {talk.map((line, index) => (
          <One key={`${line.version} ${index}`} line={line} before={talk[index - 1]} />
        ))}
        {view.occupants.length === 1 && (
          <li class="happened alone">
            {view.locked_by === undefined
              ? "Your window is lit: friends see it, and may walk in."
              : "The curtains are drawn: whoever wants in knocks."}{" "}
            <button type="button" class="button small quiet" onClick={() => (isWavingOver.value = true)}>
              Wave someone over
            </button>
          </li>
        )}
      </ol>
      <Say view={view} />
    </aside>
  );
}

function One({ line, before }: { line: Line; before: Line | undefined }) {
  const { by, text } = line;
  const to = line.what === "noted" ? line.who : undefined;
  if (text === undefined)
    return (
      <li class="happened">
        <b>{youOr(by)}</b> {happening(line)}
      </li>
    );
  const isMine = by === me.value;
  const isNext = before?.by === by && before.what === "said" && !to;
  return (
    <li class={`${isMine ? "room-line mine" : "room-line"}${to ? " note-line" : ""}`}>
      {!isMine && <Face person={by} size={28} />}
      <div class="room-bubble">
        {to && (
          <small>
            <Icon name="lock" size={13} /> {isMine ? `Note, only for ${nameOf(to)}` : "Note, only for you"}
          </small>
        )}
        {!isMine && !isNext && <b>{nameOf(by)}</b>}
        <span class="words">{text}</span>
      </div>
    </li>
  );
}

function Say({ view }: { view: RoomView }) {
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const isThere = view.occupants.some(({ person }) => person === noteTo.value);
  const to = isThere ? noteTo.value : null;
  useEffect(() => {
    if (to) box.current?.focus();
  }, [to]);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const said = text.trim();
    if (!said || isBusy) return;
    setIsBusy(true);
    const answer = await (to ? inRoom("note", { person: to, text: said }) : inRoom("say", { text: said }));
    setIsBusy(false);
    setRefusal("refused" in answer ? answer.refused : null);
    if ("refused" in answer) return;
    setText((now) => (now.trim() === said ? "" : now));
    noteTo.value = null;
    box.current?.focus();
  };
  return (
    <form class="room-say" onSubmit={(event) => void send(event)}>
      {refusal && (
        <p class="door-note" role="alert">
          Not said. {plain(refusal)}
        </p>
      )}
      {to && (
        <p class="to-one">
          <Icon name="lock" size={14} /> Only {nameOf(to)} sees it
          <button type="button" class="round" aria-label="To everybody" onClick={() => (noteTo.value = null)}>
            <Icon name="close" size={16} />
          </button>
        </p>
      )}
      <div class="room-box">
        <input
          id="room-say"
          ref={box}
          value={text}
          maxLength={longest}
          autocomplete="off"
          placeholder={to ? `A note to ${nameOf(to)}` : "Say something"}
          aria-label={to ? `A note to ${nameOf(to)}` : "Say something"}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="round action" aria-label="Send" disabled={isBusy}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
