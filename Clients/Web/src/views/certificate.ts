import type { Certificate, Grant, Message } from "../wire/types.js";
import { mentionCount, unreadCount, type ConversationView } from "./entry.js";
import type { Member, State } from "./state.js";
import { isExact } from "./unread.js";

type Value = string | number | boolean | null | undefined | readonly Value[];

/** Values as one text that any language comes to: each with its length before it, `~` for none, lists in brackets. */
const canon = (value: Value): string =>
  value === null || value === undefined
    ? "~"
    : Array.isArray(value)
      ? `[${value.map(canon).join("")}]`
      : `${String(value).length}:${value}`;

/** The first 52 bits of the SHA-256. */
async function digest(...values: Value[]): Promise<number> {
  const bytes = new TextEncoder().encode(values.map(canon).join(""));
  const hash = new DataView(await crypto.subtle.digest("SHA-256", bytes));
  return (hash.getUint32(0, true) & 0xfffff) * 2 ** 32 + hash.getUint32(4, true);
}

/**
 * In which parts a view is not what the host says it is. What cannot be compared is not: all of it at another version,
 * messages that are not held as far back, counts under other marks or known not to be right.
 */
export async function driftOf(view: ConversationView, certificate: Certificate): Promise<string[]> {
  const { state, history, unread } = view;
  // A page that came over plain HTTP from another machine has nothing to make digests with.
  if (state.version !== certificate.version || !globalThis.crypto?.subtle) return [];
  const { read, delivered, from } = certificate;
  const held = [...history.values()].sort((one, other) => one.seq - other.seq);
  const reaches = (held[0]?.seq ?? from) <= from;
  const counts = unread.marks.read === read && unread.marks.delivered === delivered && isExact(unread);
  const drifted: string[] = [];
  if ((await detailsOf(state)) !== certificate.details) drifted.push("details");
  if (certificate.members !== undefined && (await membersOf(state)) !== certificate.members) drifted.push("members");
  const newest = held.filter((message) => message.seq >= from).map(valueOf);
  if (reaches && (await digest(newest.flat())) !== certificate.messages) drifted.push("messages");
  if (counts && (unreadCount(unread) !== certificate.unread || mentionCount(unread) !== certificate.mentions))
    drifted.push("counts");
  return drifted;
}

const grantOf = ({ allow, deny }: Grant = {}): Value[] => [allow ?? [], deny ?? []];

const sorted = <T>(some: ReadonlyMap<string, T>): [string, T][] =>
  [...some].sort(([one], [other]) => (one < other ? -1 : 1));

const detailsOf = ({ kind, name, topic, lastSeq, rules }: State): Promise<number> => {
  const { join, history, history_last, announce_only, locked, slow_mode_ms, edit_window_ms, message_bytes } =
    rules.settings;
  const roles = sorted(rules.roles).flatMap(([id, role]) => [id, role.name, role.rank, ...grantOf(role)]);
  return digest(
    ...[kind, name, topic, lastSeq, join, history, history_last, announce_only, locked, slow_mode_ms],
    ...[edit_window_ms, message_bytes, roles, rules.pins],
  );
};

const membersOf = ({ members, invited, rules }: State): Promise<number> =>
  digest(sorted(members).flatMap(memberOf), [...invited].sort(), [...rules.knocking].sort());

const memberOf = ([id, { role, joinedAt, nickname, roles, grant, timedOutUntil }]: [string, Member]): Value[] => [
  ...[id, role, joinedAt, nickname, roles ?? []],
  ...grantOf(grant),
  timedOutUntil,
];

const valueOf = (message: Message): Value[] => [
  ...[message.seq, message.version, message.by, message.at, message.occurred_at, message.body],
  (message.attachments ?? []).map(({ file }) => file),
  ...[!!message.action, message.reply_to, message.mentions ?? [], !!message.everyone, message.edited_at],
  ...[message.redacted_by, message.reason],
  (message.reactions ?? []).flatMap(({ emoji, people }) => [emoji, people]),
];
