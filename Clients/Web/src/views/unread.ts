import type { Happened, Marks, Seen } from "../wire/types.js";
import { calls } from "./history.js";

/** Counts of unread messages that are not held one by one. */
export interface Earlier {
  /** The last message that they cover. */
  readonly until: number;
  readonly count: number;
  readonly mentions: number;
  /** False once something happened to them that the counts alone cannot follow. */
  readonly exact: boolean;
}

/**
 * What somebody has not read: visible to them, not taken back, not their own, after their marker, and after they came
 * in. Kept message by message, so that it is exact under every edit and redaction.
 */
export interface Unread {
  readonly viewer: string;
  readonly marks: Marks;
  /** The unread messages, and whether each mentions the viewer. */
  readonly messages: ReadonlyMap<number, boolean>;
  readonly earlier: Earlier | null;
}

export const noMarks: Marks = { read: 0, delivered: 0 };

export const unreadOf = (viewer: string): Unread => ({ viewer, marks: noMarks, messages: new Map(), earlier: null });

/** Whether the counts are known to be right; if not, one asks for the conversation again. */
export const isExact = (unread: Unread): boolean => unread.earlier?.exact !== false;

/** After one more thing seen. */
export function evolveUnread(unread: Unread, seen: Seen): Unread {
  if (seen.type === "hidden") return unread;
  const messages = change(unread, seen);
  const earlier = unread.earlier && evolveEarlier(unread.earlier, seen, unread);
  return messages === unread.messages && earlier === unread.earlier ? unread : { ...unread, messages, earlier };
}

function change(unread: Unread, seen: Happened): ReadonlyMap<number, boolean> {
  const { viewer, marks, messages } = unread;
  switch (seen.type) {
    case "message":
      return seen.by === viewer || seen.seq <= marks.read || seen.body === undefined
        ? messages
        : new Map(messages).set(seen.seq, calls(seen, viewer));
    case "edited":
      return messages.has(seen.seq) ? new Map(messages).set(seen.seq, calls(seen, viewer)) : messages;
    case "redacted":
      return without(messages, seen.seq);
    case "joined":
      // What was said before one came in is history, not news.
      return seen.by === viewer ? new Map() : messages;
    default:
      return messages;
  }
}

function without(messages: ReadonlyMap<number, boolean>, seq: number): ReadonlyMap<number, boolean> {
  if (!messages.has(seq)) return messages;
  const left = new Map(messages);
  left.delete(seq);
  return left;
}

function evolveEarlier(earlier: Earlier, seen: Happened, unread: Unread): Earlier | null {
  switch (seen.type) {
    case "joined":
      return seen.by === unread.viewer ? null : earlier;
    case "redacted":
      return covers(earlier, seen.seq, unread) && seen.author !== unread.viewer
        ? { ...earlier, count: Math.max(0, earlier.count - 1), exact: false }
        : earlier;
    case "edited":
      return covers(earlier, seen.seq, unread) ? { ...earlier, exact: false } : earlier;
    default:
      return earlier;
  }
}

const covers = (earlier: Earlier, seq: number, unread: Unread): boolean =>
  seq <= earlier.until && seq > unread.marks.read;

/** After the marks moved; they never move back. */
export function markUnread(unread: Unread, marks: Marks): Unread {
  const before = unread.marks;
  const joined = {
    read: Math.max(before.read, marks.read),
    delivered: Math.max(before.delivered, marks.delivered, marks.read),
  };
  if (joined.read === before.read && joined.delivered === before.delivered) return unread;
  return {
    viewer: unread.viewer,
    marks: joined,
    messages: new Map([...unread.messages].filter(([seq]) => seq > joined.read)),
    earlier: unread.earlier && readEarlier(unread.earlier, before.read, joined.read),
  };
}

function readEarlier(earlier: Earlier, before: number, now: number): Earlier | null {
  if (now >= earlier.until) return null;
  return now > before ? { ...earlier, exact: false } : earlier;
}
