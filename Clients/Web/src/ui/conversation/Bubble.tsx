import { lineOf } from "../../app/files.js";
import { receipts } from "../../app/state.js";
import { clockOf } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import type { MessageRow } from "../../views/rows.js";
import { calls } from "../../views/history.js";
import { timeOf } from "../../views/entry.js";
import type { Message } from "../../wire/types.js";
import { Face, faceClass } from "../Face.js";
import { Icon } from "../Icon.js";
import { memo } from "../memo.js";
import type { Desk } from "./desk.js";
import { Files } from "./Files.js";
import { Quote } from "./Quote.js";
import { Reactions } from "./Reactions.js";
import { Tools } from "./Tools.js";
import { wordsOf } from "./Words.js";

interface Props {
  row: MessageRow;
  desk: Desk;
  me: string;
  isFocusable: boolean;
  /** Who has read up to here and no further. */
  readers: readonly string[];
}

export const Bubble = memo(
  function Bubble({ row, desk, me, isFocusable, readers }: Props) {
    const { message, isFirst, isLast } = row;
    const isMine = message.by === me;
    const mentionsMe = !isMine && calls(message, me);
    return (
      <article
        id={row.key}
        class={classes(row, isMine, mentionsMe)}
        tabIndex={isFocusable ? 0 : -1}
        aria-posinset={message.seq}
        aria-setsize={-1}
        aria-label={labelOf(message, desk.conversation, me)}
      >
        {isFirst && !isMine && (
          <p class="by">
            <b>{nameOf(message.by, desk.conversation)}</b> <time>{clockOf(timeOf(message))}</time>
          </p>
        )}
        {!isMine && isLast && <span class={`side ${faceClass(message.by)}`} />}
        <div class="bubble-and-more">
          <div class="bubble">
            {message.reply_to !== undefined && <Quote desk={desk} seq={message.reply_to} />}
            {said(message, desk)}
            {isMine && <Trail message={message} conversation={desk.conversation} isWaiting={row.isWaiting} />}
            {!isMine && message.edited_at !== undefined && message.body !== undefined && (
              <span class="trail">edited</span>
            )}
          </div>
          {message.body !== undefined && <Tools desk={desk} message={message} />}
          {message.reactions && <Reactions desk={desk} message={message} me={me} />}
        </div>
        {readers.length > 0 && (
          <span class="readers" aria-label={`Read by ${readers.map((person) => nameOf(person)).join(", ")}`} role="img">
            {readers.slice(0, 5).map((person) => (
              <Face key={person} person={person} size={20} />
            ))}
          </span>
        )}
      </article>
    );
  },
  (a, b) =>
    a.row === b.row &&
    a.isFocusable === b.isFocusable &&
    a.desk === b.desk &&
    (a.readers === b.readers || a.readers.join() === b.readers.join()),
);

function classes(row: Props["row"], isMine: boolean, mentionsMe: boolean): string {
  const is = (yes: boolean, name: string): string => (yes ? ` ${name}` : "");
  return (
    "message" +
    is(isMine, "mine") +
    is(row.isFirst, "first") +
    is(row.isLast, "last") +
    is(mentionsMe, "calls-me") +
    is(row.message.body === undefined, "stub")
  );
}

// No component: a list that scrolls would make one for each bubble.
function said(message: Message, desk: Desk) {
  const { conversation } = desk;
  if (message.body === undefined) {
    const who = message.redacted_by ?? message.by;
    return (
      <i>
        {youOr(who, conversation)} took this message back{message.reason ? `: ${message.reason}` : ""}
      </i>
    );
  }
  const { body, attachments, mentions = [], everyone = false } = message;
  return (
    <>
      {attachments && <Files files={attachments} conversation={conversation} seq={message.seq} />}
      {body && (
        <span class={message.action ? "words action" : "words"}>
          {message.action && <b>{nameOf(message.by, conversation)} </b>}
          {wordsOf({ body, mentions, everyone, conversation })}
        </span>
      )}
    </>
  );
}

function Trail({ message, conversation, isWaiting }: { message: Message; conversation: string; isWaiting: boolean }) {
  const marks = [...(receipts.value.get(conversation)?.values() ?? [])];
  const isRead = marks.some((one) => one.read >= message.seq);
  return (
    <span class="trail">
      {message.edited_at !== undefined && message.body !== undefined && "edited · "}
      <time>{clockOf(timeOf(message))}</time>
      <Icon name={isWaiting ? "clock" : isRead ? "checks" : "check"} size={15} />
      <span class="sr-only">{isWaiting ? "waiting" : isRead ? "read" : "sent"}</span>
    </span>
  );
}

/** "Mia, 20:44, mentions you: could you… 1 reaction" */
function labelOf(message: Message, conversation: string, me: string): string {
  const who = youOr(message.by, conversation);
  const called = message.by !== me && calls(message, me) ? ", mentions you" : "";
  const reactions = message.reactions?.reduce((sum, one) => sum + one.people.length, 0) ?? 0;
  const said = message.body === undefined ? "took this message back" : lineOf(message);
  const under = reactions > 0 ? `. ${reactions} ${reactions === 1 ? "reaction" : "reactions"}` : "";
  return `${who}, ${clockOf(timeOf(message))}${called}: ${said}${under}`;
}
