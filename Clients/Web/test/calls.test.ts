import { beforeEach, expect, it, vi } from "vitest";
import type { Call } from "../src/wire/calls.js";

let asked: string[];
let answers: Record<string, object>;
let said: string[];
let talks: string[];

vi.hoisted(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("location", { hash: "" });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
vi.mock("../src/app/start.js", () => {
  const ask = (_: string, id: string, verb: string, body: { number?: number }): Promise<object> => {
    asked.push(`${verb} ${id}${body.number === undefined ? "" : ` ${body.number}`}`);
    return Promise.resolve(answers[verb] ?? { ok: {} });
  };
  return { ask, askOnce: ask, say: (text: string) => said.push(text), kept: { get: () => null, set: () => undefined } };
});
vi.mock("../src/call/call.js", () => ({
  callWith: (other: string, number: number) => {
    talks.push(`${other} ${number}`);
    return () => void talks.push("over");
  },
}));
vi.mock("../src/app/house/actions.js", () => ({
  inRoom: (verb: string) => {
    asked.push(`room ${verb}`);
    return Promise.resolve({ ok: {} });
  },
}));

const { accept, decline, drop, found, hangUp, ring, takeCall } = await import("../src/app/calls.js");
const { lastCalls, line } = await import("../src/app/line.js");
const { account } = await import("../src/app/state.js");
const { room } = await import("../src/app/house/state.js");
const { inside } = await import("./rooms.js");

let number = 0;

/** The next call, of Mia's phone to Noor, who is here on her laptop. */
const calls = (more: Partial<Call> = {}): Call => ({
  ...{ number, caller: "mia", callee: "noor", from: "phone", video: false, at: 1 },
  ...more,
});
const mine = (more: Partial<Call> = {}): Call => calls({ caller: "noor", callee: "mia", from: "laptop", ...more });
const taken = { answered_at: 2, on: "laptop" };
const settled = () => new Promise((done) => setTimeout(done, 20));

beforeEach(() => {
  drop();
  lastCalls.value = new Map();
  room.value = null;
  number++;
  [asked, answers, said, talks] = [[], {}, [], []];
  account.value = { person: "noor", device: "laptop", token: "", websocket: "", development: false };
});

it("rings, and is taken on this device: out of the room first", async () => {
  takeCall(calls());
  expect(line.value).toMatchObject({ other: "mia", is: "rings" });
  room.value = inside(1);
  answers["get"] = { ok: { call: calls(taken) } };
  await accept();
  await settled();
  expect(asked.slice(0, 2)).toEqual(["room leave", `accept mia ${number}`]);
  expect([line.value?.is, room.value]).toEqual(["talks", null]);
  expect(talks).toEqual([`mia ${number}`]);
  takeCall(calls({ ...taken, how: "hung_up", ended_at: 5 }));
  expect(line.value?.is).toBe("over");
  expect(talks.at(-1)).toBe("over");
});

it("falls silent where another device takes it, and connects nothing here", async () => {
  takeCall(calls());
  takeCall(calls({ answered_at: 2, on: "tablet" }));
  await settled();
  expect([line.value?.is, talks]).toEqual(["elsewhere", []]);
  // Nor where another window of this device did.
  takeCall(calls({ ...taken }));
  await settled();
  expect([line.value?.is, talks]).toEqual(["elsewhere", []]);
});

it("goes by the highest number, and by how far a call is", () => {
  takeCall(calls({ how: "missed", ended_at: 3 }));
  takeCall(calls());
  takeCall(calls({ number: number - 1 }));
  expect(line.value).toBe(null);
  takeCall(calls({ number: ++number }));
  expect(line.value?.call?.number).toBe(number);
});

it("calls, and shows how it ended: not how the one before did", async () => {
  takeCall(mine({ how: "declined", ended_at: 2 }));
  number++;
  let busy: (call: object) => void = () => undefined;
  answers["ring"] = new Promise((done) => (busy = done)) as unknown as object;
  const ringing = ring("mia", true);
  expect(line.value).toMatchObject({ is: "calls", video: true, call: null });
  takeCall(mine({ number: number - 1, how: "declined", ended_at: 2 }));
  expect(line.value?.is).toBe("calls");
  answers["get"] = { ok: { call: mine({ how: "busy", ended_at: 2 }) } };
  busy({ ok: {} });
  await ringing;
  expect(line.value).toMatchObject({ is: "over", call: { how: "busy" } });
});

it("is given up after it was asked for, whatever is first", async () => {
  let answer: (call: object) => void = () => undefined;
  answers["ring"] = new Promise((done) => (answer = done)) as unknown as object;
  const ringing = ring("mia", false);
  const given = hangUp();
  await settled();
  expect([line.value, asked]).toEqual([null, ["ring mia"]]);
  answer({ ok: {} });
  await Promise.all([ringing, given]);
  expect(asked).toEqual(["ring mia", "hang_up mia"]);
  takeCall(mine());
  expect(line.value).toBe(null);
});

it("hangs up again where that did not arrive", async () => {
  await ring("mia", false);
  takeCall(mine());
  await hangUp();
  takeCall(mine({ answered_at: 3, on: "phone" }));
  expect(asked.filter((one) => one.startsWith("hang_up"))).toHaveLength(2);
  expect(talks).toEqual([]);
});

it("finds what was lost: that it rings, and that it is over", async () => {
  answers["get"] = { ok: { call: calls() } };
  await found("mia");
  expect(line.value?.is).toBe("rings");
  answers["get"] = { ok: { call: calls({ how: "cancelled", ended_at: 2 }) } };
  await found(undefined);
  expect([line.value, said]).toEqual([null, ["You missed a call from Mia."]]);
});

it("is declined, and is told of by one line where a third calls", async () => {
  takeCall(calls());
  takeCall(calls({ caller: "ama", how: "busy", ended_at: 1 }));
  expect([line.value?.other, said]).toEqual(["mia", ["Ama called while you were on a call."]]);
  await decline();
  expect([line.value, asked]).toEqual([null, [`decline mia ${number}`]]);
});

it("says why it cannot be", async () => {
  answers["ring"] = { refused: { code: "forbidden", because: ["call.on_another"] } };
  await ring("mia", false);
  expect([line.value, said]).toEqual([null, ["You are on another call."]]);
});
