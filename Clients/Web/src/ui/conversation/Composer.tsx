import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { lineOf } from "../../app/files.js";
import { setDraft } from "../../app/drafts.js";
import { ask, theOutbox } from "../../app/start.js";
import { link, pending } from "../../app/state.js";
import { titleOf, youOr } from "../../app/words.js";
import { entryOf } from "../../views/entry.js";
import { Icon } from "../Icon.js";
import { RefusalNote } from "../RefusalNote.js";
import type { Desk } from "./desk.js";
import { more, quick } from "./emoji.js";
import { calledAt, Called } from "./Called.js";
import { edit } from "./Tools.js";
import { Clip, Uploads } from "./Uploads.js";

const typingEvery = 3000;
const lastTyping = signal(0);

export function Composer({ desk }: { desk: Desk }) {
  const writing = useWriting(desk);
  const [isPicking, setIsPicking] = useState(false);
  const { view, called, box } = writing;
  const insert = (emoji: string): void => {
    const at = box.current?.selectionStart ?? writing.text.length;
    writing.replace(at, at, emoji);
    setIsPicking(false);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => (event.preventDefault(), writing.send())}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => (event.preventDefault(), desk.bring([...(event.dataTransfer?.files ?? [])]))}
    >
      <NotChanged desk={desk} />
      <About desk={desk} />
      <Uploads desk={desk} />
      {called && view && (
        <Called
          view={view}
          start={called}
          onPick={(name) => writing.replace(writing.caret - called.length, writing.caret, `@${name} `)}
        />
      )}
      {isPicking && <Picker onPick={insert} />}
      <div class="composer-box">
        {!desk.editing.value && <Clip desk={desk} />}
        <Box desk={desk} writing={writing} />
        <button
          type="button"
          class="round"
          aria-label="Emoji"
          aria-expanded={isPicking}
          onClick={() => setIsPicking(!isPicking)}
        >
          <Icon name="smile" />
        </button>
        <button
          type="submit"
          class="round action"
          aria-label={desk.editing.value ? "Save" : "Send"}
          disabled={!desk.editing.value && desk.isBringing.value}
        >
          <Icon name={desk.editing.value ? "check" : "send"} />
        </button>
      </div>
    </form>
  );
}

/** What is being written: a draft, or a message that is changed. */
function useWriting(desk: Desk) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [edited, setEdited] = useState("");
  const editing = desk.editing.value;
  const reply = desk.replyTo.value;
  const text = editing ? edited : desk.draft();
  const write = (next: string): void => {
    if (editing) setEdited(next);
    else setDraft(desk.conversation, next);
  };
  useEffect(() => setEdited(editing?.body ?? ""), [editing]);
  useEffect(() => {
    if (editing || reply || matchMedia("(hover: hover)").matches) box.current?.focus();
  }, [editing, reply]);
  useEffect(() => grow(box.current), [text]);
  return {
    box,
    caret,
    text,
    view: desk.view.value,
    called: calledAt(text, caret),
    send: (): void => {
      const body = text.trim();
      const files = editing ? [] : desk.uploads.value.flatMap((one) => one.done ?? []);
      // What has not got through is not left behind: one sends again when it has, or leaves it out.
      if (!editing && desk.isBringing.value) return;
      if (body || files.length > 0) desk.send(body, files);
    },
    replace: (from: number, until: number, by: string): void => {
      write(text.slice(0, from) + by + text.slice(until));
      setCaret(0);
      box.current?.focus();
    },
    input: (value: string, at: number): void => {
      write(value);
      setCaret(at);
      tellTyping(desk.conversation);
    },
  };
}

function Box({ desk, writing }: { desk: Desk; writing: ReturnType<typeof useWriting> }) {
  const entry = writing.view && entryOf(writing.view);
  const label = `Message ${entry ? titleOf(entry) : ""}`;
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      writing.send();
    } else if (event.key === "ArrowUp" && writing.text === "") {
      const mine = [...desk.messages.value.values()].findLast((message) => desk.mayEdit(message));
      if (mine) edit(desk, mine);
      event.preventDefault();
    } else if (event.key === "Escape") leave(event, desk, writing.box.current);
  };
  return (
    <textarea
      id="composer"
      ref={writing.box}
      rows={1}
      value={writing.text}
      placeholder={label}
      aria-label={label}
      onKeyDown={keys}
      onPaste={(event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length > 0) (event.preventDefault(), desk.bring(files));
      }}
      onInput={(event) => writing.input(event.currentTarget.value, event.currentTarget.selectionStart)}
    />
  );
}

/** Which message is changed or replied to. */
function About({ desk }: { desk: Desk }) {
  const editing = desk.editing.value;
  const reply = desk.replyTo.value;
  if (!editing && !reply) return null;
  return (
    <div class="about">
      <Icon name={editing ? "edit" : "reply"} size={16} />
      <span>
        <b>{editing ? "Change your message" : `Reply to ${youOr(reply?.by ?? "", desk.conversation)}`}</b>{" "}
        {lineOf(editing ?? reply ?? {})}
      </span>
      <button type="button" class="round" aria-label="Leave it" onClick={() => stop(desk)}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

const Picker = ({ onPick }: { onPick: (emoji: string) => void }) => (
  <div class="emoji-grid picker" role="group" aria-label="Emoji">
    {[...quick, ...more].map((emoji) => (
      <button key={emoji} type="button" onClick={() => onPick(emoji)}>
        {emoji}
      </button>
    ))}
  </div>
);

function stop(desk: Desk): void {
  desk.editing.value = null;
  desk.replyTo.value = null;
}

// Out of what one is doing first, then of the box, to the newest message.
function leave(event: KeyboardEvent, desk: Desk, box: HTMLTextAreaElement | null): void {
  event.stopPropagation();
  if (desk.editing.value || desk.replyTo.value) return stop(desk);
  const newest = document.querySelector<HTMLElement>(".feed article[tabindex='0']");
  if (newest) newest.focus();
  else box?.blur();
}

function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

function tellTyping(conversation: string): void {
  const now = Date.now();
  if (link.value !== "open" || now - lastTyping.value < typingEvery) return;
  lastTyping.value = now;
  void ask("conversation", conversation, "typing", {});
}

const words = { edit: "Not changed", redact: "Not taken back", react: "No reaction", unreact: "No reaction", send: "" };

/** What was to happen to a message and was refused. */
export const NotChanged = ({ desk }: { desk: Desk }) => (
  <>
    {pending.value.map(
      (item) =>
        item.refusal &&
        item.conversation === desk.conversation &&
        item.command.verb !== "send" && (
          <RefusalNote
            key={item.id}
            refusal={item.refusal}
            title={words[item.command.verb]}
            conversation={desk.conversation}
            wished={item.command}
          >
            {item.command.verb === "edit" && <p class="kept">{item.command.body}</p>}
            <button type="button" class="button outline" onClick={() => theOutbox()?.remove(item.id)}>
              Let it go
            </button>
          </RefusalNote>
        ),
    )}
  </>
);
