import { useState } from "preact/hooks";
import { go } from "../../app/route.js";
import { ask } from "../../app/start.js";
import { me } from "../../app/state.js";
import { newId } from "../../sync/ids.js";
import { isToken } from "../../wire/subjects.js";
import type { Command, Receipt, Refusal } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { PeoplePicker } from "../PeoplePicker.js";
import { RefusalNote } from "../RefusalNote.js";
import { useChange } from "../Request.js";

type What = "direct" | "group" | "channel" | "join";
const kinds: readonly (readonly [What, string])[] = [
  ["direct", "One person"],
  ["group", "Some people"],
  ["channel", "A channel"],
  ["join", "Come into one"],
];

export function NewConversation({ onClose }: { onClose: () => void }) {
  const [what, setWhat] = useState<What>("direct");
  const [name, setName] = useState("");
  const { change, isBusy, note } = useChange("-", "Not begun");
  const begin = async (command: Command): Promise<void> => {
    const made = await change(command);
    if (!made) return;
    onClose();
    go({ conversation: made.conversation });
  };
  const named = name.trim() ? { name: name.trim() } : {};
  const noSelf = (person: string): boolean => person === me.value;
  return (
    <Dialog title="New conversation" onClose={onClose}>
      <div class="filters" role="group" aria-label="What kind">
        {kinds.map(([kind, label]) => (
          <button key={kind} type="button" aria-pressed={what === kind} onClick={() => setWhat(kind)}>
            {label}
          </button>
        ))}
      </div>
      {what === "direct" && (
        <PeoplePicker
          action="Talk"
          isBusy={isBusy}
          isSingle
          without={noSelf}
          onDone={(members) => void begin({ verb: "create", kind: "direct", members })}
        />
      )}
      {(what === "group" || what === "channel") && (
        <>
          <label class="field">
            <span>{what === "channel" ? "Its name" : "Its name, if it needs one"}</span>
            <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <PeoplePicker
            action="Begin"
            isBusy={isBusy}
            without={noSelf}
            onDone={(members) => void begin({ verb: "create", kind: what, members, ...named })}
          />
          {what === "channel" && (
            <button
              type="button"
              class="button quiet"
              disabled={isBusy || !name.trim()}
              onClick={() => void begin({ verb: "create", kind: "channel", members: [], ...named })}
            >
              Begin with nobody yet
            </button>
          )}
        </>
      )}
      {what === "join" && <Join onClose={onClose} />}
      {note}
    </Dialog>
  );
}

function Join({ onClose }: { onClose: () => void }) {
  const [id, setId] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const join = async (event: Event): Promise<void> => {
    event.preventDefault();
    const conversation = id.trim();
    if (!isToken(conversation)) return setRefusal({ code: "not_found", because: ["conversation.unknown"] });
    const answer = await ask<Receipt>("conversation", conversation, "join", { client_id: newId() });
    if ("refused" in answer) return setRefusal(answer.refused);
    onClose();
    go({ conversation });
  };
  return (
    <form class="one-field" onSubmit={(event) => void join(event)}>
      <label class="field">
        <span>What the channel's people gave you</span>
        <input value={id} autocomplete="off" onInput={(event) => setId(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button action" disabled={id.trim() === ""}>
        Come in
      </button>
      {refusal && <RefusalNote refusal={refusal} title="You could not come in" conversation={id} />}
    </form>
  );
}
