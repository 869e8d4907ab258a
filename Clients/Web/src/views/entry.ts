import type { Entry, Message, Standing } from "../wire/types.js";
import type { Kept } from "./called.js";
import type { History } from "./history.js";
import type { State } from "./state.js";
import type { Unread } from "./unread.js";

/** A conversation as one of its people holds it: a fold of what they are shown and of their own marks. */
export interface ConversationView {
  readonly conversation: string;
  readonly viewer: string;
  readonly state: State;
  readonly history: History;
  readonly unread: Unread;
  /** The calls of the two, and the parties, that were heard of. */
  readonly calls: readonly Kept[];
  /** Whether there is nothing before the messages that are held. */
  readonly fromStart: boolean;
}

export function standingOf(view: ConversationView): Standing {
  if (view.state.members.has(view.viewer)) return "member";
  return view.state.invited.has(view.viewer) ? "invited" : "former";
}

/** The last message that is held. */
export function lastOf(view: ConversationView): Message | undefined {
  let last: Message | undefined;
  for (const message of view.history.values()) if (!last || message.seq > last.seq) last = message;
  return last;
}

/** Its line in the inbox; none before it exists for the viewer. */
export function entryOf(view: ConversationView): Entry | null {
  const { state, unread } = view;
  if (!state.kind) return null;
  const last = lastOf(view);
  return {
    conversation: view.conversation,
    standing: standingOf(view),
    kind: state.kind,
    ...(state.name === null ? {} : { name: state.name }),
    version: state.version,
    seq: state.lastSeq,
    ...unread.marks,
    unread: unreadCount(unread),
    mentions: mentionCount(unread),
    ...(last ? { last } : {}),
  };
}

export const unreadCount = (unread: Unread): number => unread.messages.size + (unread.earlier?.count ?? 0);

export const mentionCount = (unread: Unread): number =>
  [...unread.messages.values()].filter(Boolean).length + (unread.earlier?.mentions ?? 0);

/** The time that people think of: when it happened, also where it came in later. */
export const timeOf = (message: Message): number => message.occurred_at ?? message.at;
