import { useEffect, useState } from "preact/hooks";
import { explain } from "../../app/governing.js";
import { me } from "../../app/state.js";
import { dayName, sinceTime } from "../../app/times.js";
import { otherOf, titleOf } from "../../app/words.js";
import { entryOf, timeOf } from "../../views/entry.js";
import { type Row } from "../../views/rows.js";
import { inCalls } from "../lazy.js";
import { Because } from "../RefusalNote.js";
import { Bubble } from "./Bubble.js";
import type { Desk } from "./desk.js";
import { PendingBubble } from "./PendingBubble.js";

const CalledLine = inCalls(async () => (await import("../calls/parts.js")).CalledLine);

interface Props {
  row: Row;
  desk: Desk;
  isFocusable: boolean;
  readers: ReadonlyMap<number, readonly string[]>;
}

const nobody: readonly string[] = [];

/** What stands for a row: one element. It is no component: each frame of a list that scrolls would draw two dozen. */
export function feedRow({ row, desk, isFocusable, readers }: Props) {
  switch (row.type) {
    case "start":
      return <Start key={row.key} desk={desk} />;
    case "more":
      return <More key={row.key} desk={desk} />;
    case "date":
      return (
        <div key={row.key} class="date">
          <span>{dayName(row.at)}</span>
        </div>
      );
    case "new":
      return (
        <div key={row.key} class="new-line">
          <span>
            {row.count} new{row.since === null ? "" : ` since ${sinceTime(row.since)}`}
          </span>
        </div>
      );
    case "called":
      return (
        <div key={row.key} class="called-place">
          <CalledLine called={row.called} other={otherOf(desk)} />
        </div>
      );
    case "pending":
      return <PendingBubble key={row.key} desk={desk} item={row.item} isFirst={row.isFirst} />;
    case "message":
      return (
        <Bubble
          key={row.key}
          row={row}
          desk={desk}
          me={me.value}
          isFocusable={isFocusable}
          readers={readers.get(row.message.seq) ?? nobody}
        />
      );
  }
}

/** Where it begins. */
function Start({ desk }: { desk: Desk }) {
  const view = desk.view.value;
  const entry = view && entryOf(view);
  if (!entry) return <p class="start" />;
  if (!desk.isIn.value) return <p class="start">What was said in {titleOf(entry)} is for those who are in.</p>;
  const first = desk.messages.value.values().next().value;
  if (first && first.seq > 1) return <Before conversation={desk.conversation} />;
  return (
    <p class="start">
      {first
        ? `This is where ${titleOf(entry)} began, ${dayName(timeOf(first))}.`
        : "Nothing said yet. Say the first word below."}
    </p>
  );
}

/** Something was said before that one does not see; why, for the asking. */
function Before({ conversation }: { conversation: string }) {
  const [rules, setRules] = useState<readonly string[] | null>(null);
  const show = async (): Promise<void> => {
    const answer = await explain(conversation, { verb: "history" });
    setRules("ok" in answer ? answer.ok.because : answer.refused.because);
  };
  return (
    <div class="start">
      <p>
        What was said before this is not for you to see.{" "}
        {!rules && (
          <button type="button" class="button quiet small" onClick={() => void show()}>
            Why?
          </button>
        )}
      </p>
      {rules && <Because rules={rules} conversation={conversation} />}
    </div>
  );
}

/** The shape of what comes; where it did not come, what happened and a way on. */
function More({ desk }: { desk: Desk }) {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (desk.timeline.isStuck.value)
    return (
      <p class="start">
        What was said before can't be fetched just now.{" "}
        <button type="button" class="button quiet" onClick={() => void desk.timeline.more("before")}>
          Try again
        </button>
      </p>
    );
  return (
    <div class={`skeletons${isLate ? " late" : ""}`} aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}
