import type { Details, Entry, Marks, Message, Seen, Standing } from "../wire/types.js";
import { emptyHistory, evolveHistory, isRedacted, type History } from "./history.js";
import { evolveState, initialState, untilOf, type State } from "./state.js";
import { evolveUnread, markUnread, mentionCount, unreadCount, unreadOf, type Unread } from "./unread.js";

/** A conversation as one of its people holds it: a fold of what they are shown and of their own marks. */
export interface ConversationView {
  readonly conversation: string;
  readonly viewer: string;
  readonly state: State;
  readonly history: History;
  readonly unread: Unread;
  /** Whether there is nothing before the messages that are held. */
  readonly fromStart: boolean;
}

export const viewOf = (conversation: string, viewer: string): ConversationView => ({
  conversation,
  viewer,
  state: initialState,
  history: emptyHistory,
  unread: unreadOf(viewer),
  fromStart: true,
});

/** Whether something shown is the next; if it is later there is a hole, and one resumes. */
export const isNext = (view: ConversationView, seen: Seen): boolean =>
  seen.version <= view.state.version + 1 && untilOf(seen) > view.state.version;

/** After one more thing seen. What is held already changes nothing; what is not the next must not be given. */
export function evolve(view: ConversationView, seen: Seen): ConversationView {
  if (untilOf(seen) <= view.state.version) return view;
  return {
    ...view,
    state: evolveState(view.state, seen),
    history: evolveHistory(view.history, seen),
    unread: evolveUnread(view.unread, seen),
  };
}

/** After the viewer's marks moved, on whichever of their devices. */
export function mark(view: ConversationView, marks: Marks): ConversationView {
  const unread = markUnread(view.unread, marks);
  return unread === view.unread ? view : { ...view, unread };
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

/** A view from what a host says it is, with its newest messages. */
export function viewFrom(viewer: string, details: Details, newest: readonly Message[]): ConversationView {
  const { entry } = details;
  return {
    conversation: entry.conversation,
    viewer,
    state: {
      version: entry.version,
      lastSeq: entry.seq,
      kind: entry.kind,
      name: entry.name ?? null,
      topic: details.topic ?? null,
      members: new Map(
        details.members.map((member) => [
          member.person,
          {
            role: member.role,
            joinedAt: member.joined_at,
            ...(member.nickname === undefined ? {} : { nickname: member.nickname }),
          },
        ]),
      ),
      // Whoever is asked in is told so, and not who else was.
      invited: new Set(entry.standing === "invited" ? [...details.invited, viewer] : details.invited),
      memberCount: details.member_count,
    },
    history: new Map(newest.map((message) => [message.seq, message])),
    unread: unreadFrom(viewer, details, newest),
    fromStart: newest.length === 0 || newest[0]?.seq === 1,
  };
}

function unreadFrom(viewer: string, details: Details, newest: readonly Message[]): Unread {
  const { entry } = details;
  const from = Math.max(entry.read, details.joined_seq);
  const messages = new Map(
    newest
      .filter((message) => message.seq > from && message.by !== viewer && !isRedacted(message))
      .map((message) => [message.seq, message.mentions?.includes(viewer) ?? false]),
  );
  const first = newest[0]?.seq ?? entry.seq + 1;
  const mentioned = [...messages.values()].filter(Boolean).length;
  const earlier =
    first - 1 > from
      ? {
          until: first - 1,
          count: Math.max(0, entry.unread - messages.size),
          mentions: Math.max(0, entry.mentions - mentioned),
          exact: true,
        }
      : null;
  return { viewer, marks: { read: entry.read, delivered: entry.delivered }, messages, earlier };
}
