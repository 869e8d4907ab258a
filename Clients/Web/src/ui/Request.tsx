import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Wished } from "../app/governing.js";
import { ask } from "../app/start.js";
import { newId } from "../sync/ids.js";
import { isPassing } from "../sync/transport.js";
import type { Command, Receipt, Refusal } from "../wire/types.js";
import { RefusalNote } from "./RefusalNote.js";

interface Wish {
  readonly area: string;
  readonly id: string;
  readonly verb: string;
  readonly body: object;
}

/** A change that is waited for, and what is said where it is refused. */
export function useWish(title: string, conversation = "-") {
  const [refused, setRefused] = useState<{ refusal: Refusal; wished: Wished | undefined } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // Kept while it is not known whether it took effect: asked again, it is the same request.
  const open = useRef({ what: "", id: "" });
  const wish = async (asked: Wish): Promise<Receipt | null> => {
    const what = JSON.stringify(asked);
    if (open.current.what !== what) open.current = { what, id: newId() };
    const { area, id, verb, body } = asked;
    setIsBusy(true);
    const answer = await ask<Receipt>(area, id, verb, { ...body, client_id: open.current.id });
    setIsBusy(false);
    if ("ok" in answer || !isPassing(answer.refused.code)) open.current = { what: "", id: "" };
    const wished = area === "conversation" && id !== "-" ? ({ verb, ...body } as Command) : undefined;
    setRefused("refused" in answer ? { refusal: answer.refused, wished } : null);
    return "ok" in answer ? answer.ok : null;
  };
  const note = refused && <RefusalNote {...refused} title={title} conversation={conversation} />;
  return { wish, isBusy, note };
}

/** The same, of a conversation. */
export function useChange(conversation: string, title: string) {
  const { wish, ...rest } = useWish(title, conversation);
  const change = (command: Command): Promise<Receipt | null> => {
    const { verb, ...body } = command;
    return wish({ area: "conversation", id: conversation, verb, body });
  };
  return { change, ...rest };
}

interface FieldProps {
  label: string;
  value: string;
  action: string;
  isDisabled?: boolean;
  onSave: (value: string) => void;
  children?: ComponentChildren;
}

/** A line of text with its button. */
export function OneField({ label, value, action, isDisabled, onSave, children }: FieldProps) {
  const [text, setText] = useState(value);
  return (
    <form class="one-field" onSubmit={(event) => (event.preventDefault(), onSave(text.trim()))}>
      <label class="field">
        <span>{label}</span>
        <input value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button quiet" disabled={isDisabled || text.trim() === value}>
        {action}
      </button>
      {children}
    </form>
  );
}
