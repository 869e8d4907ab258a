import { beforeEach, expect, it, vi } from "vitest";
import { Outbox, type Pending, type Shelf } from "../src/sync/outbox.js";
import type { Answer, Receipt } from "../src/wire/types.js";

const ok = (version: number, seq?: number): Answer<Receipt> => ({
  ok: { conversation: "c", version, at: 0, replayed: false, ...(seq ? { seq } : {}) },
});
const refused = (code: string): Answer<Receipt> => ({ refused: { code, because: ["rule"] } });

function shelfOf(kept = new Map<string, string>()): Shelf & { kept: Map<string, string> } {
  return {
    kept,
    keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  };
}

let items: readonly Pending[] = [];
const shelf = shelfOf();
const outboxWith = (ask: (item: Pending) => Promise<Answer<Receipt>>) =>
  new Outbox("o.", shelf, ask, (now) => {
    items = now;
  });

beforeEach(() => {
  shelf.kept.clear();
  vi.useFakeTimers();
});

it("sends in the order of writing, one after the other", async () => {
  const asked: string[] = [];
  let answer: (() => void) | undefined;
  const outbox = outboxWith((item) => {
    asked.push(item.command.verb === "send" ? item.command.body : "");
    return new Promise((resolve) => (answer = () => resolve(ok(asked.length))));
  });
  for (const body of ["a", "b", "c"]) outbox.add("c", { verb: "send", body }, 0);
  expect(asked).toEqual(["a"]);
  for (const expected of [
    ["a", "b"],
    ["a", "b", "c"],
  ]) {
    answer?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual(expected);
  }
});

it("tries again under the same id, however often nobody answers", async () => {
  const ids: string[] = [];
  const outbox = outboxWith((item) => {
    ids.push(item.id);
    return Promise.resolve(ids.length < 5 ? refused("no_answer") : ok(7, 3));
  });
  outbox.add("c", { verb: "send", body: "a" }, 0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ids.length).toBe(5);
  expect(new Set(ids).size).toBe(1);
  expect(items[0]?.receipt?.seq).toBe(3);
});

it("keeps what waits over a reload, under its id and in its order", async () => {
  const first = outboxWith(() => new Promise(() => undefined));
  const written = ["a", "b"].map((body) => first.add("c", { verb: "send", body }, 0).id);
  const asked: string[] = [];
  const second = outboxWith((item) => {
    asked.push(item.id);
    return Promise.resolve(ok(asked.length));
  });
  second.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(written);
});

it("lets go of it once it is in what is held, and not before", async () => {
  const outbox = outboxWith(() => Promise.resolve(ok(7)));
  outbox.add("c", { verb: "send", body: "a" }, 0);
  await vi.advanceTimersByTimeAsync(0);
  outbox.settle("c", 6);
  outbox.settle("other", 9);
  expect(items.length).toBe(1);
  outbox.settle("c", 7);
  expect(items.length).toBe(0);
  expect(shelf.kept.size).toBe(0);
});

it("keeps the words of what was refused, also over a reload, and goes on with the next", async () => {
  const outbox = outboxWith((item) =>
    Promise.resolve(item.command.verb === "send" && item.command.body === "a" ? refused("forbidden") : ok(2)),
  );
  outbox.add("c", { verb: "send", body: "a" }, 0);
  outbox.add("c", { verb: "send", body: "b" }, 0);
  await vi.advanceTimersByTimeAsync(0);
  expect(items.map((item) => item.refusal?.code ?? "sent")).toEqual(["forbidden", "sent"]);
  outboxWith(() => new Promise(() => undefined));
  expect(items[0]?.refusal?.because).toEqual(["rule"]);
  expect(items[0]?.command).toEqual({ verb: "send", body: "a" });
});

it("does not wait out its pause when the connection is back", async () => {
  let isUp = false;
  const outbox = outboxWith(() =>
    Promise.resolve(isUp ? ok(1) : { refused: { code: "busy", because: [], retry_after_ms: 60_000 } }),
  );
  outbox.add("c", { verb: "send", body: "a" }, 0);
  await vi.advanceTimersByTimeAsync(0);
  isUp = true;
  outbox.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(items[0]?.receipt?.version).toBe(1);
});
