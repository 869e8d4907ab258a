import { lineOf } from "../../app/files.js";
import { setDraft } from "../../app/drafts.js";
import { theOutbox } from "../../app/start.js";
import { clockOf } from "../../app/times.js";
import type { Pending } from "../../sync/outbox.js";
import { Icon } from "../Icon.js";
import { RefusalNote } from "../RefusalNote.js";
import type { Desk } from "./desk.js";
import { Files } from "./Files.js";
import { Quote } from "./Quote.js";
import { Words } from "./Words.js";

/** What one has said and nobody has confirmed: there at once, with a clock; or refused, with its words kept. */
export function PendingBubble({ desk, item, isFirst }: { desk: Desk; item: Pending; isFirst: boolean }) {
  const { command, refusal } = item;
  if (command.verb !== "send") return null;
  const change = (): void => {
    setDraft(desk.conversation, command.body);
    theOutbox()?.remove(item.id);
    document.getElementById("composer")?.focus();
  };
  const again = (isCalling: boolean): void => {
    theOutbox()?.remove(item.id);
    desk.send(command.body, command.attachments, isCalling);
  };
  const isCallAmiss = refusal?.because.at(-1) === "permission.mention_everyone";
  return (
    <article
      id={`p${item.id}`}
      class={`message mine last${isFirst ? " first" : ""}${refusal ? " refused" : " waiting"}`}
      tabIndex={-1}
      aria-setsize={-1}
      aria-posinset={item.after + 1}
      aria-label={`You, ${clockOf(item.at)}, ${refusal ? "not sent" : "on its way"}: ${lineOf(command)}`}
    >
      <div class="bubble-and-more">
        {refusal && <span class="mark">!</span>}
        <div class="bubble">
          {command.reply_to !== undefined && <Quote desk={desk} seq={command.reply_to} />}
          {command.attachments && <Files files={command.attachments} conversation={desk.conversation} />}
          {command.body && (
            <span class="words">
              <Words
                body={command.body}
                mentions={command.mentions ?? []}
                everyone={command.roles?.includes("everyone") ?? false}
                conversation={desk.conversation}
              />
            </span>
          )}
          {!refusal && (
            <span class="trail">
              <time>{clockOf(item.at)}</time>
              <Icon name={item.receipt ? "check" : "clock"} size={15} />
              <span class="sr-only">{item.receipt ? "sent" : "waiting"}</span>
            </span>
          )}
        </div>
      </div>
      {refusal && (
        <RefusalNote refusal={refusal} title="Not sent" conversation={desk.conversation} wished={command}>
          <button type="button" class="button action" onClick={change}>
            Change it
          </button>
          {isCallAmiss && (
            <button type="button" class="button outline" onClick={() => again(false)}>
              Send it without calling them
            </button>
          )}
          <button type="button" class="button outline" onClick={() => again(true)}>
            Send it again
          </button>
          <button type="button" class="button outline" onClick={() => theOutbox()?.remove(item.id)}>
            Let it go
          </button>
        </RefusalNote>
      )}
    </article>
  );
}
