import type { Message, Seen } from "../src/wire/types.js";

export const minute = 60_000;
export const noon = new Date(2026, 5, 11, 12).getTime();

export const message = (seq: number, by = "mia", more: Partial<Message> = {}): Message => ({
  seq,
  version: seq + 1,
  by,
  at: noon + seq * 1000,
  body: `m${seq}`,
  ...more,
});

export const history = (...messages: Message[]): ReadonlyMap<number, Message> =>
  new Map(messages.map((one) => [one.seq, one]));

export const created = (conversation = "c", members: readonly string[] = ["mia", "noor"]): Seen => ({
  conversation,
  version: 1,
  type: "created",
  by: members[0] as string,
  at: noon,
  kind: "group",
  members,
});

export const sent = (seq: number, by = "mia", conversation = "c"): Seen => ({
  conversation,
  version: seq + 1,
  type: "message",
  seq,
  by,
  at: noon + seq * 1000,
  body: `m${seq}`,
});
