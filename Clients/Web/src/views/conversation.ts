import type { Details, Marks, Message, Seen } from "../wire/types.js";
import type { ConversationView } from "./entry.js";
import { noCalls, withLines } from "./called.js";
import { calls, emptyHistory, evolveHistory, isRedacted } from "./history.js";
import { rulesOf } from "./rules.js";
import { evolveState, grantOf, initialState, untilOf } from "./state.js";
import { evolveUnread, markUnread, unreadOf, type Unread } from "./unread.js";

export const viewOf = (conversation: string, viewer: string): ConversationView => ({
  conversation,
  viewer,
  state: initialState,
  history: emptyHistory,
  unread: unreadOf(viewer),
  calls: noCalls,
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
    calls: withLines(view.calls, [seen]),
  };
}

/** After the viewer's marks moved, on whichever of their devices. */
export function mark(view: ConversationView, marks: Marks): ConversationView {
  const unread = markUnread(view.unread, marks);
  return unread === view.unread ? view : { ...view, unread };
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
            ...(member.roles === undefined ? {} : { roles: member.roles }),
            ...(member.allow || member.deny ? { grant: grantOf(member) } : {}),
            ...(member.timed_out_until === undefined ? {} : { timedOutUntil: member.timed_out_until }),
          },
        ]),
      ),
      // Whoever is asked in is told so, and not who else was.
      invited: new Set(entry.standing === "invited" ? [...details.invited, viewer] : details.invited),
      memberCount: details.member_count,
      rules: rulesOf(details.rules),
    },
    history: new Map(newest.map((message) => [message.seq, message])),
    unread: unreadFrom(viewer, details, newest),
    calls: noCalls,
    fromStart: newest.length === 0 || newest[0]?.seq === 1,
  };
}

function unreadFrom(viewer: string, details: Details, newest: readonly Message[]): Unread {
  const { entry } = details;
  const from = Math.max(entry.read, details.joined_seq);
  const messages = new Map(
    newest
      .filter((message) => message.seq > from && message.by !== viewer && !isRedacted(message))
      .map((message) => [message.seq, calls(message, viewer)]),
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
