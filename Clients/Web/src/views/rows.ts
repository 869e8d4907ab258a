import type { Pending } from "../sync/outbox.js";
import type { Message } from "../wire/types.js";
import type { Kept } from "./called.js";
import { timeOf } from "./entry.js";
import { evolveHistory, type History } from "./history.js";

export interface MessageRow {
  readonly type: "message";
  readonly key: string;
  readonly message: Message;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isWaiting: boolean;
}

/** What stands in the feed, one below the other. */
export type Row =
  | { readonly type: "start"; readonly key: string }
  | { readonly type: "more"; readonly key: string }
  | { readonly type: "date"; readonly key: string; readonly at: number }
  | { readonly type: "new"; readonly key: string; readonly count: number; readonly since: number | null }
  | MessageRow
  | { readonly type: "called"; readonly key: string; readonly called: Kept }
  | { readonly type: "pending"; readonly key: string; readonly item: Pending; readonly isFirst: boolean };

/** Where the line stands: after this message, for so many. */
export interface NewLine {
  readonly after: number;
  readonly count: number;
}

const together = 5 * 60_000;

/** Tells whether times are of the day of the last one: what a day is, is asked of the calendar once a day. */
class Day {
  private from = 0;
  private to = 0;

  /** Whether it is the day of the last one that was taken. */
  has(at: number): boolean {
    return this.from <= at && at < this.to;
  }

  take(at: number): void {
    if (this.has(at)) return;
    const midnight = new Date(at);
    this.from = midnight.setHours(0, 0, 0, 0);
    this.to = midnight.setDate(midnight.getDate() + 1);
  }
}

/** The calls that stand between the messages: by when they were over. */
class Between {
  private next = 0;

  constructor(
    private readonly calls: readonly Kept[],
    from: number,
  ) {
    while ((calls[this.next]?.at ?? Infinity) < from) this.next++;
  }

  isBefore(at: number): boolean {
    return (this.calls[this.next]?.at ?? Infinity) < at;
  }

  /** Adds the rows of those before a time; tells whether there were any. */
  before(until: number, day: Day, rows: Row[]): boolean {
    const isAny = this.isBefore(until);
    for (let called = this.calls[this.next]; called && called.at < until; called = this.calls[++this.next]) {
      const { at } = called;
      if (!day.has(at)) rows.push({ type: "date", key: `dc${at}`, at });
      day.take(at);
      rows.push({ type: "called", key: `c${at}`, called });
    }
    return isAny;
  }
}

/** Whether a message that arrived is this one; the id is not in the event, so the words tell. */
const isOf = (item: Pending, message: Message, me: string): boolean =>
  item.command.verb === "send" &&
  message.by === me &&
  (item.receipt ? message.seq === item.receipt.seq : message.seq > item.after) &&
  (message.body === item.command.body.normalize("NFC") || item.receipt !== undefined);

/** The messages as they will be once all that waits has gone through, and what of it is no message yet. */
export function withPending(
  history: History,
  pending: readonly Pending[],
  me: string,
): { messages: History; sends: readonly Pending[]; touched: ReadonlySet<number> } {
  const touched = new Set<number>();
  const taken = new Set<number>();
  const sends: Pending[] = [];
  let messages = history;
  for (const item of pending) {
    if (item.command.verb === "send") {
      const arrived = newestFirst(history, item.after).find((m) => !taken.has(m.seq) && isOf(item, m, me));
      if (arrived) taken.add(arrived.seq);
      else sends.push(item);
    } else if (!item.refusal) {
      messages = apply(messages, item, me);
      touched.add(item.command.seq);
    }
  }
  return { messages, sends, touched };
}

// Oldest first among those that came after it was written: the first of two equal ones is the first that was sent.
const newestFirst = (history: History, after: number): readonly Message[] =>
  [...history.values()].slice(-200).filter((message) => message.seq > after);

function apply(messages: History, item: Pending, by: string): History {
  const { command } = item;
  if (command.verb === "send") return messages;
  const about = { conversation: item.conversation, version: 0, by, at: item.at, seq: command.seq, message_version: 0 };
  switch (command.verb) {
    case "edit":
      return evolveHistory(messages, {
        ...about,
        type: "edited",
        body: command.body,
        ...(command.mentions ? { mentions: command.mentions } : {}),
        ...(command.roles?.includes("everyone") ? { everyone: true } : {}),
      });
    case "redact":
      return evolveHistory(messages, { ...about, type: "redacted", author: by });
    default:
      return evolveHistory(messages, {
        ...about,
        type: command.verb === "react" ? "reacted" : "unreacted",
        emoji: command.emoji,
      });
  }
}

export interface RowsOf {
  readonly messages: History;
  readonly sends: readonly Pending[];
  readonly touched: ReadonlySet<number>;
  readonly before: boolean;
  readonly after: boolean;
  readonly line: NewLine | null;
  readonly me: string;
  /** The calls of the two, the oldest first. */
  readonly calls?: readonly Kept[] | undefined;
}

export function rowsOf({ messages, sends, touched, before, after, line, me, calls = [] }: RowsOf): readonly Row[] {
  const rows: Row[] = before ? [{ type: "more", key: "more" }] : [{ type: "start", key: "start" }];
  const all = [...messages.values()];
  const day = new Day();
  const between = new Between(calls, before ? (all[0]?.at ?? Infinity) : 0);
  let isLined = false;
  let previous: Message | undefined;
  for (const [index, message] of all.entries()) {
    const at = timeOf(message);
    const isCalled = between.before(message.at, day, rows);
    const isNewDay = !day.has(at);
    day.take(at);
    if (isNewDay) rows.push({ type: "date", key: `d${message.seq}`, at });
    const isHere = !isLined && line !== null && message.seq > line.after && message.by !== me;
    if (isHere && line) {
      isLined = true;
      rows.push({ type: "new", key: "new", count: line.count, since: previous ? timeOf(previous) : null });
    }
    const next = all[index + 1];
    const isFirst = isNewDay || isHere || isCalled || !previous || !belongs(previous, message);
    const isLast =
      !next ||
      !belongs(message, next) ||
      !day.has(timeOf(next)) ||
      startsLine(line, message, next) ||
      between.isBefore(next.at);
    rows.push(rowOf(message, isFirst, isLast, touched.has(message.seq)));
    previous = message;
  }
  if (!after) between.before(Infinity, day, rows);
  if (!after) for (const [index, item] of sends.entries()) rows.push(pendingRow(item, index === 0, previous, me));
  return rows;
}

const made = new WeakMap<Message, MessageRow>();

// The row of before where nothing about it changed: with every page the list is made anew, and most of it is as it was.
function rowOf(message: Message, isFirst: boolean, isLast: boolean, isWaiting: boolean): MessageRow {
  const before = made.get(message);
  if (before?.isFirst === isFirst && before.isLast === isLast && before.isWaiting === isWaiting) return before;
  const row: MessageRow = { type: "message", key: `m${message.seq}`, message, isFirst, isLast, isWaiting };
  made.set(message, row);
  return row;
}

const startsLine = (line: NewLine | null, message: Message, next: Message): boolean =>
  line !== null && message.seq <= line.after && next.seq > line.after;

const belongs = (a: Message, b: Message): boolean => a.by === b.by && timeOf(b) - timeOf(a) < together;

const pendingRow = (item: Pending, isFirst: boolean, previous: Message | undefined, me: string): Row => ({
  type: "pending",
  key: `p${item.id}`,
  item,
  isFirst: isFirst && previous?.by !== me,
});
