import { useEffect, useState } from "preact/hooks";
import { lineOf } from "../../app/files.js";
import { ask } from "../../app/start.js";
import { go } from "../../app/route.js";
import { youOr } from "../../app/words.js";
import type { HistoryPage, Message } from "../../wire/types.js";
import type { Desk } from "./desk.js";

/** What is answered to; where it is not on the page, it is fetched. */
export function Quote({ desk, seq }: { desk: Desk; seq: number }) {
  const held = desk.messages.value.get(seq);
  const [fetched, setFetched] = useState<Message | null>(null);
  useEffect(() => {
    if (held) return;
    void ask<HistoryPage>("conversation", desk.conversation, "history", { around: seq, limit: 1 }).then((answer) => {
      if ("ok" in answer) setFetched(answer.ok.messages.find((message) => message.seq === seq) ?? null);
    });
  }, [seq, held === undefined]);
  const quoted = held ?? fetched;
  return (
    <button type="button" class="quote" onClick={() => go({ conversation: desk.conversation, at: seq })}>
      <b>{quoted ? youOr(quoted.by, desk.conversation) : "Earlier"}</b>{" "}
      <span>
        {quoted ? (quoted.body === undefined ? "took this message back" : lineOf(quoted)) : "a message from before"}
      </span>
    </button>
  );
}
