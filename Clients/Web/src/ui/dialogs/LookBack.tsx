import { useEffect, useRef, useState } from "preact/hooks";
import { reasonOf } from "../../app/refusals.js";
import { ask } from "../../app/start.js";
import { sinceTime } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import { timeOf, type ConversationView } from "../../views/entry.js";
import type { Hindsight } from "../../wire/governing.js";
import type { Message, Refusal } from "../../wire/types.js";
import { Face } from "../Face.js";

/** What one of its people could see of a conversation after any of its versions, as far as one sees it oneself. */
export function LookBack({ view }: { view: ConversationView }) {
  const { conversation, viewer, state } = view;
  // It stays where it is while more is said.
  const [head] = useState(state.version);
  const [version, setVersion] = useState(head);
  const [person, setPerson] = useState(viewer);
  const { page, refusal, load } = useHindsight(conversation, version, person);
  const people = new Set([viewer, person, ...state.members.keys(), ...(page?.details?.members ?? []).map(whose)]);
  const rows = page ? rowsOf(page) : [];
  return (
    <div class="look-back">
      <label class="field">
        <span>What could be seen by</span>
        <select value={person} onChange={(event) => setPerson(event.currentTarget.value)}>
          {[...people].map((one) => (
            <option key={one} value={one}>
              {youOr(one, conversation)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>
          After version {version} of {head}
        </span>
        <input
          type="range"
          min={1}
          max={head}
          value={version}
          onInput={(event) => setVersion(Number(event.currentTarget.value))}
        />
      </label>
      {refusal && (
        <p class="hint" role="status">
          {refusal.because.includes("version.unknown")
            ? "You can't see that far back yourself."
            : `It can't be told: ${reasonOf(refusal, conversation)}.`}
        </p>
      )}
      {page && <Says page={page} isOwn={person === viewer} />}
      {page?.more && (
        <button type="button" class="button quiet" onClick={() => void load(rows[0]?.seq)}>
          Earlier
        </button>
      )}
      <ol class="done">
        {rows.map((row) =>
          "count" in row ? (
            <li key={row.seq} class="hint">
              {row.count === 1 ? "A message that you" : `${row.count} messages that you`} can't see yourself
            </li>
          ) : (
            <Said key={row.seq} message={row} conversation={conversation} />
          ),
        )}
      </ol>
    </div>
  );
}

/** What somebody could see after a version, and more of it from before a message. */
function useHindsight(conversation: string, version: number, person: string) {
  const [page, setPage] = useState<Hindsight | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  // An answer to what was asked before it slid on is not wanted any more.
  const turn = useRef(0);
  const load = async (before?: number): Promise<void> => {
    const asked = turn.current;
    const body = { version, person, limit: 50, ...(before === undefined ? {} : { before }) };
    const answer = await ask<Hindsight>("conversation", conversation, "view", body);
    if (turn.current !== asked) return;
    setRefusal("refused" in answer ? answer.refused : null);
    if ("refused" in answer) return setPage(null);
    const { ok } = answer;
    const [messages, hidden] = before === undefined || !page ? [[], []] : [page.messages, page.hidden];
    setPage({ ...ok, messages: [...ok.messages, ...messages], hidden: [...ok.hidden, ...hidden] });
  };
  useEffect(() => {
    turn.current++;
    // Whoever slides over many versions waits for the last.
    const timer = setTimeout(() => void load(), 120);
    return () => clearTimeout(timer);
  }, [version, person]);
  return { page, refusal, load };
}

const whose = ({ person }: { person: string }): string => person;

/** What it was then, and how much of it was unread. */
function Says({ page: { details }, isOwn }: { page: Hindsight; isOwn: boolean }) {
  const were = isOwn ? "You were" : "They were";
  const { entry, topic, member_count = 0 } = details ?? {};
  const isIn = entry?.standing === "member";
  const { name, unread = 0, mentions = 0 } = entry ?? {};
  const count = isOwn ? `${unread} unread to this day` : `${unread} from others since they came in`;
  return (
    <p class="callout" role="status">
      <span>
        {isIn && (
          <>
            <b>
              {[name, topic, member_count === 1 ? "1 person" : `${member_count} people`].filter(Boolean).join(" · ")}
            </b>
            <br />
          </>
        )}
        {isIn
          ? `${count}${mentions ? `, ${mentions} with ${isOwn ? "your" : "their"} name` : ""}`
          : `${were} ${entry ? "asked in, and saw no more than its name" : "not in, and saw nothing of it"}.`}
      </span>
    </p>
  );
}

/** The messages in order, and between them how many one may not see oneself. */
function rowsOf({ messages, hidden }: Hindsight): (Message | { seq: number; count: number })[] {
  const rows: (Message | { seq: number; count: number })[] = [];
  const all = [...messages, ...hidden.map((seq) => ({ seq, count: 1 }))].sort((one, other) => one.seq - other.seq);
  for (const one of all) {
    const last = rows.at(-1);
    if ("count" in one && last && "count" in last) last.count++;
    else rows.push(one);
  }
  return rows;
}

function Said({ message, conversation }: { message: Message; conversation: string }) {
  const { by, body, attachments = [], edited_at, gone, redacted_by, reactions = [] } = message;
  const more = [
    sinceTime(timeOf(message)),
    ...(edited_at === undefined ? [] : ["edited"]),
    ...reactions.map(({ emoji, people }) => `${emoji} ${people.map((one) => nameOf(one, conversation)).join(", ")}`),
  ];
  return (
    <li>
      <Face person={by} size={32} />
      <span>
        <b>{youOr(by, conversation)}</b>{" "}
        {gone ? (
          <i>{redacted_by ? "taken back" : "taken back since"}</i>
        ) : (
          body || attachments.map((one) => one.name).join(", ")
        )}
        <small>{more.join(" · ")}</small>
      </span>
    </li>
  );
}
