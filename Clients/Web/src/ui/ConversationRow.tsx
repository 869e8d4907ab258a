import { lineOf } from "../app/files.js";
import { hashOf } from "../app/route.js";
import { drafts, me, pending, receipts, typing } from "../app/state.js";
import { shortTime } from "../app/times.js";
import { listed, nameOf, titleOf } from "../app/words.js";
import { timeOf } from "../views/entry.js";
import type { Entry } from "../wire/types.js";
import { ConversationFace } from "./ConversationFace.js";
import { Icon } from "./Icon.js";

export function ConversationRow({ entry, isOpen }: { entry: Entry; isOpen: boolean }) {
  const { conversation, last, unread, mentions } = entry;
  const isLoud = unread > 0;
  return (
    <a class={`row${isLoud ? " loud" : ""}`} href={hashOf({ conversation })} aria-current={isOpen ? "page" : undefined}>
      <ConversationFace entry={entry} />
      <span class="row-title">
        <b>{titleOf(entry)}</b>
        {entry.kind === "channel" && <Icon name="horn" size={16} />}
      </span>
      <time>{last && shortTime(timeOf(last))}</time>
      <span class="row-preview">
        <Preview entry={entry} />
      </span>
      {(isLoud || entry.standing === "invited") && (
        <span class="row-counts">
          {mentions > 0 && (
            <span class="count ember">
              @{mentions}
              <span class="sr-only"> for you,</span>
            </span>
          )}
          {isLoud && (
            <span class="count">
              {unread}
              <span class="sr-only"> unread</span>
            </span>
          )}
          {entry.standing === "invited" && <span class="count lamp">asked in</span>}
        </span>
      )}
    </a>
  );
}

function Preview({ entry }: { entry: Entry }) {
  const { conversation, last } = entry;
  if (entry.standing === "invited") return <>You were asked to come in.</>;
  const writing = [...(typing.value.get(conversation)?.keys() ?? [])];
  if (writing.length > 0)
    return (
      <span class="writing">
        <b>
          {listed(
            writing.map((person) => nameOf(person, conversation)),
            2,
          )}
        </b>{" "}
        {writing.length > 1 ? "are" : "is"} typing…
      </span>
    );
  const waits = pending.value.findLast((item) => item.conversation === conversation && item.command.verb === "send");
  if (waits?.command.verb === "send")
    return (
      <>
        {waits.refusal ? <b class="rose">Not sent </b> : <Icon name="clock" size={14} />} {lineOf(waits.command)}
      </>
    );
  const draft = drafts.value.get(conversation);
  if (draft)
    return (
      <>
        <b class="ember-text">Draft</b> {draft}
      </>
    );
  return last ? <Last entry={entry} last={last} /> : <>Nothing said yet.</>;
}

function Last({ entry, last }: { entry: Entry; last: NonNullable<Entry["last"]> }) {
  const isMine = last.by === me.value;
  const name = nameOf(last.by, entry.conversation);
  if (last.body === undefined) return <i>{isMine ? "You" : name} took this message back</i>;
  const isRead = [...(receipts.value.get(entry.conversation)?.values() ?? [])].some((marks) => marks.read >= last.seq);
  return (
    <>
      {isMine ? <Icon name={isRead ? "checks" : "check"} size={15} /> : entry.kind !== "direct" && `${name}: `}
      {lineOf(last)}
    </>
  );
}
