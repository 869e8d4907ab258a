import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { route } from "../app/route.js";
import { inbox, link } from "../app/state.js";
import { ConversationRow } from "./ConversationRow.js";
import { dialog } from "./dialogs.js";
import { Icon } from "./Icon.js";
import { WhileOut } from "./WhileOut.js";

type Filter = "All" | "Unread" | "Mentions";
const filters: readonly Filter[] = ["All", "Unread", "Mentions"];
const filter = signal<Filter>("All");

const empty: Readonly<Record<Filter, string>> = {
  All: "Nobody has said anything yet. Begin a conversation with the plus above.",
  Unread: "You have read everything.",
  Mentions: "Nobody asks for you by name just now.",
};

export function Conversations() {
  const rows = inbox.value.filter(
    (entry) =>
      filter.value === "All" ||
      entry.standing === "invited" ||
      (filter.value === "Unread" ? entry.unread > 0 : entry.mentions > 0),
  );
  return (
    <nav class="conversations" aria-label="Conversations">
      <header>
        <h2>Conversations</h2>
        <button type="button" class="round action" aria-label="New conversation" onClick={() => (dialog.value = "new")}>
          <Icon name="plus" />
        </button>
      </header>
      {!route.value.conversation && <WhileOut />}
      <div class="filters" role="group" aria-label="Show">
        {filters.map((name) => (
          <button key={name} type="button" aria-pressed={filter.value === name} onClick={() => (filter.value = name)}>
            {name}
          </button>
        ))}
      </div>
      {rows.length > 0 ? (
        <ul class="rows">
          {rows.map((entry) => (
            <li key={entry.conversation}>
              <ConversationRow entry={entry} isOpen={route.value.conversation === entry.conversation} />
            </li>
          ))}
        </ul>
      ) : link.value === "starting" ? (
        <Waiting />
      ) : (
        <p class="nothing">{empty[filter.value]}</p>
      )}
    </nav>
  );
}

/** The shape of what is coming, and only where it takes its time. */
function Waiting() {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div class="rows" role="status" aria-label="Coming">
      {[0, 1, 2, 3].map((n) => (
        <div key={n} class="row-skeleton">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
