import type { Happened, Message, Reaction, Seen } from "../wire/types.js";

/** Messages by their number, in its order. */
export type History = ReadonlyMap<number, Message>;

export const emptyHistory: History = new Map();

export const isRedacted = (message: Message): boolean => message.redacted_by !== undefined;

/** With one more thing seen. An event about a message that is not held changes nothing. */
export function evolveHistory(history: History, seen: Seen): History {
  switch (seen.type) {
    case "message":
      return new Map(history).set(seen.seq, messageOf(seen));
    case "edited":
      return change(history, seen.seq, (message) => (isRedacted(message) ? message : edited(message, seen)));
    case "redacted":
      return change(history, seen.seq, (message) => redacted(message, seen));
    case "reacted":
      return change(history, seen.seq, (message) => reacted(message, seen.emoji, seen.by));
    case "unreacted":
      return change(history, seen.seq, (message) => unreacted(message, seen.emoji, seen.by));
    default:
      return history;
  }
}

function change(history: History, seq: number, to: (message: Message) => Message): History {
  const before = history.get(seq);
  if (!before) return history;
  const after = to(before);
  return after === before ? history : new Map(history).set(seq, after);
}

/** Whether it mentions somebody: by name, or with everyone. */
export const calls = (message: Pick<Message, "mentions" | "everyone">, person: string): boolean =>
  message.everyone === true || (message.mentions?.includes(person) ?? false);

type Of<T extends Happened["type"]> = Extract<Happened, { type: T }>;

function messageOf(sent: Of<"message">): Message {
  return {
    seq: sent.seq,
    version: sent.version,
    by: sent.by,
    at: sent.at,
    ...(sent.body === undefined ? { gone: sent.gone ?? "redacted" } : { body: sent.body }),
    ...(sent.body !== undefined && sent.attachments?.length ? { attachments: sent.attachments } : {}),
    ...(sent.occurred_at === undefined ? {} : { occurred_at: sent.occurred_at }),
    ...(sent.action ? { action: true } : {}),
    ...(sent.reply_to ? { reply_to: sent.reply_to[0] } : {}),
    ...(sent.mentions?.length ? { mentions: sent.mentions } : {}),
    ...(sent.everyone ? { everyone: true } : {}),
  };
}

function edited(message: Message, event: Of<"edited">): Message {
  const { body, gone: _gone, mentions: _mentions, everyone: _all, attachments, ...rest } = message;
  return {
    ...rest,
    ...(body !== undefined && event.body !== undefined && attachments ? { attachments } : {}),
    ...(event.body === undefined ? { gone: event.gone ?? "redacted" } : { body: event.body }),
    ...(event.mentions?.length ? { mentions: event.mentions } : {}),
    ...(event.everyone ? { everyone: true } : {}),
    edited_at: event.at,
  };
}

function redacted(message: Message, event: Of<"redacted">): Message {
  const { body: _b, attachments: _f, mentions: _m, everyone: _e, reactions: _r, reason: _why, ...rest } = message;
  return {
    ...rest,
    gone: "redacted",
    redacted_by: event.by,
    ...(event.reason === undefined ? {} : { reason: event.reason }),
  };
}

function reacted(message: Message, emoji: string, by: string): Message {
  if (isRedacted(message)) return message;
  const all = message.reactions ?? [];
  if (!all.some((one) => one.emoji === emoji)) return { ...message, reactions: [...all, { emoji, people: [by] }] };
  return {
    ...message,
    reactions: all.map((one) =>
      one.emoji === emoji && !one.people.includes(by) ? { emoji, people: [...one.people, by] } : one,
    ),
  };
}

function unreacted(message: Message, emoji: string, by: string): Message {
  const without = (one: Reaction): Reaction =>
    one.emoji === emoji ? { emoji, people: one.people.filter((person) => person !== by) } : one;
  const left = (message.reactions ?? []).map(without).filter((one) => one.people.length > 0);
  const { reactions: _reactions, ...rest } = message;
  return left.length > 0 ? { ...rest, reactions: left } : rest;
}
