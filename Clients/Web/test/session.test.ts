import { encode } from "@msgpack/msgpack";
import { beforeEach, expect, it, vi } from "vitest";
import { Session, type Listener } from "../src/sync/session.js";
import type { Link } from "../src/sync/transport.js";
import type { Details, Seen } from "../src/wire/types.js";
import { Hand } from "./hand.js";
import { created, message, sent } from "./messages.js";

const marks = { read: 0, delivered: 0 };

const details = (version: number, seq: number): Details => ({
  entry: { conversation: "c", standing: "member", kind: "group", version, seq, unread: 1, mentions: 0, ...marks },
  joined_seq: seq - 1,
  member_count: 2,
  members: [],
  invited: [],
  rules: { settings: {}, roles: [], pins: [], knocking: [] } as unknown as Details["rules"],
});

let hand: Hand;
let session: Session;
const heard = { link: [] as Link[], resumed: [] as (readonly [number, boolean])[], told: [] as object[] };
const listener: Listener = {
  changed: () => undefined,
  heard: () => undefined,
  bond: () => undefined,
  house: (told) => heard.told.push(told),
  room: (told) => heard.told.push(told),
  call: () => undefined,
  link: (link) => heard.link.push(link),
  resumed: (count, isFirst) => heard.resumed.push([count, isFirst]),
};
const settle = () => vi.advanceTimersByTimeAsync(100);
const version = () => session.held.views.get("c")?.state.version;

beforeEach(async () => {
  vi.useFakeTimers();
  listener.changed = () => undefined;
  hand = new Hand();
  Object.assign(heard, { link: [], resumed: [], told: [] });
  session = new Session("noor", hand, listener);
  session.start();
  hand.missed({ conversation: "c", events: [created(), sent(1)], ...marks });
  hand.link("open");
  await settle();
});

it("begins with all that there is", () => {
  expect(version()).toBe(2);
  expect(hand.asked[0]).toEqual({ verb: "resume", body: {} });
  expect(heard.resumed).toEqual([[1, true]]);
  expect(heard.link).toEqual(["open"]);
});

it("takes what is next, passes over what it has, and fetches what is missing", async () => {
  hand.hear(sent(2));
  hand.hear(sent(2));
  expect(version()).toBe(3);
  expect(hand.asked.length).toBe(1);
  hand.missed({ conversation: "c", events: [sent(3), sent(4)], ...marks });
  hand.hear(sent(4));
  await settle();
  expect(version()).toBe(5);
  expect(hand.asked.at(-1)?.body).toEqual({ cursor: "after 1", certify: ["c"] });
  expect([...(session.held.views.get("c")?.history.keys() ?? [])]).toEqual([1, 2, 3, 4]);
});

it("takes all that a page brings in one go, for it to be drawn once", async () => {
  let [goes, isOneGo] = [0, false];
  listener.changed = () => {
    if (!isOneGo) goes++;
    isOneGo = true;
    queueMicrotask(() => (isOneGo = false));
  };
  hand.missed(...["a", "b", "d"].map((id) => ({ conversation: id, events: [created(id)], ...marks })));
  session.wake();
  await settle();
  expect([session.held.views.size, goes]).toEqual([4, 1]);
});

it("resumes on a head above its own, and not on one that it has", async () => {
  hand.ephemeral(encode({ type: "heads", heads: [["c", 2]] }));
  await settle();
  expect(hand.asked.length).toBe(1);
  hand.ephemeral(encode({ type: "heads", heads: [["c", 3]] }));
  await settle();
  expect(hand.asked.length).toBe(2);
});

it("resumes where it is announced that one is not asked in any more", async () => {
  const { entry, ...rest } = details(0, 0);
  hand.missed({
    conversation: "i",
    reset: { ...rest, entry: { ...entry, conversation: "i", standing: "invited" } },
    messages: [],
  });
  session.wake();
  await settle();
  hand.ephemeral(encode({ type: "heads", heads: [["j", 0]] }));
  await settle();
  expect(hand.asked.length).toBe(2);
  hand.ephemeral(encode({ type: "heads", heads: [["i", 0]] }));
  await settle();
  expect(hand.asked.length).toBe(3);
});

it("begins anew where what it holds is to be seen otherwise, also behind what it heard", async () => {
  const reset = { conversation: "c", reset: details(2, 1), messages: [message(1)] };
  hand.missed(reset);
  hand.hear(sent(2));
  hand.ephemeral(encode({ type: "heads", heads: [["c", 2]], reset: true }));
  hand.missed({ conversation: "c", events: [{ conversation: "c", version: 3, type: "hidden" }], ...marks });
  await settle();
  expect(version()).toBe(3);
  expect([...(session.held.views.get("c")?.history.keys() ?? [])]).toEqual([1]);
});

it("says that it is away, tries until a host answers, and tells what it caught up with", async () => {
  let isUp = false;
  hand.answers.unshift(() => (isUp ? undefined : { refused: { code: "no_answer", because: [] } }));
  hand.link("lost");
  hand.link("open");
  await vi.advanceTimersByTimeAsync(5000);
  expect(heard.link.at(-1)).toBe("lost");
  isUp = true;
  hand.missed({ conversation: "c", events: [sent(2), sent(3, "noor")], ...marks });
  await vi.advanceTimersByTimeAsync(5000);
  expect(heard.link.at(-1)).toBe("open");
  expect(heard.resumed.at(-1)).toEqual([1, false]);
});

it("fetches a conversation anew where what was missed does not join on", async () => {
  hand.answers.unshift(({ verb }) =>
    verb === "begin" ? { ok: { conversation: "c", reset: details(9, 8), messages: [message(8)] } } : undefined,
  );
  hand.missed({ conversation: "c", events: [sent(8)], ...marks });
  hand.hear(sent(8));
  await settle();
  expect(version()).toBe(9);
  expect([...(session.held.views.get("c")?.history.keys() ?? [])]).toEqual([8]);
});

it("has some of what it holds compared each time, round and round, and begins anew what has drifted", async () => {
  hand.missed(...["a", "b", "d"].map((id) => ({ conversation: id, events: [created(id)], ...marks })));
  session.wake();
  await settle();
  expect(hand.asked[1]?.body).toEqual({ cursor: "after 1", certify: ["c"] });
  const known = { from: 1, unread: 0, mentions: 0, details: 0, messages: 0, ...marks };
  // Of a it is another version, of d it is something else, and in b one is not.
  const certificates = [
    { conversation: "a", version: 9, ...known },
    { conversation: "d", version: 1, ...known },
  ];
  const entry = { ...details(1, 0).entry, conversation: "d", unread: 0 };
  hand.answers.unshift(({ verb, body }) =>
    verb === "begin"
      ? (body["drifted"] as string[]).length
        ? { ok: { conversation: "d", reset: { ...details(1, 0), entry }, messages: [] } }
        : { refused: { code: "not_found", because: ["conversation.unknown"] } }
      : body["cursor"] === "after 2"
        ? { ok: { cursor: "same", reset: false, conversations: [], more: false, certificates } }
        : undefined,
  );
  session.wake();
  await vi.waitFor(() => expect(hand.asked.length).toBe(5));
  expect(hand.asked[2]?.body).toEqual({ cursor: "after 2", certify: ["d", "a", "b"] });
  expect(hand.asked[3]).toEqual({ verb: "begin", body: { drifted: ["details", "messages"] } });
  expect(hand.asked[4]).toEqual({ verb: "begin", body: { drifted: [] } });
  await settle();
  expect([...session.held.views.keys()].sort()).toEqual(["a", "c", "d"]);
});

it("asks for what it does not hold, whatever it hears of it", async () => {
  hand.hear(created("x"));
  await settle();
  expect(session.held.views.has("x")).toBe(false);
  expect(hand.asked.at(-1)?.verb).toBe("resume");
});

it("asks once more how far it is where it holds nothing yet", async () => {
  session.wake();
  hand.ephemeral(encode({ type: "receipt", conversation: "x", by: "noor", read: 3, delivered: 3 }));
  await settle();
  expect(hand.asked.map(({ verb }) => verb)).toEqual(["resume", "resume", "resume"]);
});

it("lets go of what it left", async () => {
  hand.hear({ conversation: "c", version: 3, type: "left", by: "noor", at: 0 });
  expect(session.held.views.size).toBe(0);
});

it("begins anew where its cursor is not taken any more", async () => {
  hand.answers.unshift(({ body }) =>
    "cursor" in body ? { refused: { code: "malformed", because: ["cursor"] } } : undefined,
  );
  session.wake();
  await vi.advanceTimersByTimeAsync(1000);
  expect(hand.asked.at(-1)?.body).toEqual({ certify: ["c"] });
});

it("passes on what is told of the house and of a room, and takes it for nothing else", () => {
  const gone = { room: "r1", version: 3, gone: "left" };
  const closed = { type: "closed", room: "r1" };
  hand.event(encode(gone));
  hand.ephemeral(encode(closed));
  hand.event(encode({ room: "r1" }));
  hand.ephemeral(encode({ type: "closed" }));
  expect(heard.told).toEqual([gone, closed]);
  expect(hand.asked.length).toBe(1);
});

it("counts a type of event that it does not know as hidden", () => {
  hand.hear({ conversation: "c", version: 3, type: "pinned" } as unknown as Seen);
  expect(version()).toBe(3);
  expect(hand.asked.length).toBe(1);
});
