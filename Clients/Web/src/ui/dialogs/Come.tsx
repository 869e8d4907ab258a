import { useEffect, useState } from "preact/hooks";
import { explain } from "../../app/governing.js";
import { go, type Coming } from "../../app/route.js";
import { link as connection, views } from "../../app/state.js";
import type { Explained } from "../../wire/governing.js";
import type { Answer } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { RefusalNote } from "../RefusalNote.js";
import { useChange } from "../Request.js";

/** Somebody has come with a link: whether it lets them in is said before they do. */
export function Come({ coming }: { coming: Coming }) {
  const { conversation, link } = coming;
  const [answer, setAnswer] = useState<Answer<Explained> | null>(null);
  const { change, isBusy, note } = useChange(conversation, "You could not come in");
  const isIn = views.value.has(conversation);
  const leave = (): void => go({ place: "house" });
  useEffect(() => {
    if (isIn) go({ conversation });
    else if (connection.value === "open") void explain(conversation, { verb: "join", link }).then(setAnswer);
  }, [conversation, link, isIn, connection.value]);
  const come = async (): Promise<void> => {
    if (await change({ verb: "join", link })) go({ conversation });
  };
  const refusal = answer && ("refused" in answer ? answer.refused : answer.ok.refused);
  return (
    <Dialog title="You were sent a link" onClose={leave}>
      {!answer && <p class="hint">Looking where it leads…</p>}
      {refusal && <RefusalNote refusal={refusal} title="You can't come in" conversation={conversation} />}
      {answer && !refusal && <p>It lets you into a conversation. Its people will see that you came.</p>}
      <div class="ends">
        <button type="button" class="button outline" onClick={leave}>
          {refusal ? "To the house" : "Not now"}
        </button>
        {answer && !refusal && (
          <button type="button" class="button action" disabled={isBusy} onClick={() => void come()}>
            Come in
          </button>
        )}
      </div>
      {note}
    </Dialog>
  );
}
