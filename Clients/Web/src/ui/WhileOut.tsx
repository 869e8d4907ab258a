import { go } from "../app/route.js";
import { inbox, unreadTotal } from "../app/state.js";
import { counted } from "../app/words.js";
import { ConversationFace } from "./ConversationFace.js";

/** One line for all that came while one was out. */
export function WhileOut() {
  const news = inbox.value.filter((entry) => entry.unread > 0);
  const first = news.find((entry) => entry.mentions > 0) ?? news[0];
  if (!first) return null;
  const mentions = news.reduce((sum, entry) => sum + entry.mentions, 0);
  return (
    <section class="while-out" aria-label="While you were out">
      <ConversationFace entry={first} size={40} />
      <div>
        <b>While you were out</b>
        <small>
          {mentions > 0 && `${counted(mentions, "mention", "mentions")}, `}
          {counted(unreadTotal.value, "new message", "new messages")}
        </small>
      </div>
      <button type="button" class="button quiet" onClick={() => go({ conversation: first.conversation })}>
        Catch up
      </button>
    </section>
  );
}
