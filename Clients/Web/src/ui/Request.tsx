import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { ask } from "../app/start.js";
import { newId } from "../sync/ids.js";
import { isPassing } from "../sync/transport.js";
import type { Command, Receipt, Refusal } from "../wire/types.js";
import { RefusalNote } from "./RefusalNote.js";

/** A change that is waited for: one id for each thing that is asked, however often it has to be tried. */
export function useChange(conversation: string, title: string) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // Kept while it is not known whether it took effect: asked again, it is the same request.
  const open = useRef({ what: "", id: "" });
  const change = async (command: Command): Promise<Receipt | null> => {
    const { verb, ...body } = command;
    const what = JSON.stringify(command);
    if (open.current.what !== what) open.current = { what, id: newId() };
    setIsBusy(true);
    const answer = await ask<Receipt>("conversation", conversation, verb, { ...body, client_id: open.current.id });
    setIsBusy(false);
    if ("ok" in answer || !isPassing(answer.refused.code)) open.current = { what: "", id: "" };
    setRefusal("refused" in answer ? answer.refused : null);
    return "ok" in answer ? answer.ok : null;
  };
  const note = refusal && <RefusalNote refusal={refusal} title={title} conversation={conversation} />;
  return { change, isBusy, note };
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
