import { useState } from "preact/hooks";
import { go } from "../../app/route.js";
import { ask } from "../../app/start.js";
import type { Receipt, Refusal } from "../../wire/types.js";
import { newId } from "../../sync/ids.js";
import { standingOf, type ConversationView } from "../../views/entry.js";
import { report } from "../dialogs.js";
import { RefusalNote } from "../RefusalNote.js";

/** In place of the box to write in, for who is not in (yet). */
export function Invitation({ view }: { view: ConversationView }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const answer = async (verb: "join" | "decline"): Promise<void> => {
    setIsBusy(true);
    const told = await ask<Receipt>("conversation", view.conversation, verb, { client_id: newId() });
    setIsBusy(false);
    setRefusal("refused" in told ? told.refused : null);
    if (verb === "decline" && "ok" in told) go({ place: "house" });
  };
  if (standingOf(view) !== "invited") return <p class="not-in">You are not in here any more.</p>;
  return (
    <div class="invitation">
      {refusal && <RefusalNote refusal={refusal} title="You could not come in" conversation={view.conversation} />}
      <p>You were asked to come in. Whoever asked is not told if you would rather not.</p>
      <button type="button" class="button action" disabled={isBusy} onClick={() => void answer("join")}>
        Come in
      </button>
      <button type="button" class="button outline" disabled={isBusy} onClick={() => void answer("decline")}>
        Rather not
      </button>
      <button
        type="button"
        class="button quiet"
        onClick={() => report({ of: "conversation", conversation: view.conversation })}
      >
        Report…
      </button>
    </div>
  );
}
