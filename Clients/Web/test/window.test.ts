import { describe, expect, it } from "vitest";
import { grown, mostHeld, trimmed, type Window } from "../src/views/window.js";
import { history, message } from "./messages.js";

const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => message(from + n));
const seqs = (window: Window) => [...window.messages.keys()];

describe("a window", () => {
  const middle: Window = { messages: history(...some(11, 20)), before: true, after: true, grew: "anew" };

  it("grows at the end that was asked for, and stays in order", () => {
    const up = grown(middle, "before", { messages: some(1, 10), more: false });
    expect(seqs(up)).toEqual(some(1, 20).map((one) => one.seq));
    expect(up).toMatchObject({ before: false, after: true });
    const down = grown(middle, "after", { messages: some(21, 25), more: false });
    expect(seqs(down).at(-1)).toBe(25);
    expect(down).toMatchObject({ before: true, after: false });
  });

  it("lets go at the other end of what is too much, and knows that there is more", () => {
    const page = { messages: some(1, 200), more: true };
    const long: Window = { messages: history(...some(201, 200 + mostHeld)), before: true, after: false, grew: "anew" };
    const up = trimmed(grown(long, "before", page));
    expect([seqs(up)[0], up.before, up.after]).toEqual([1, true, true]);
    expect(seqs(up).length).toBeLessThan(mostHeld);
    const next = { messages: some(201 + mostHeld, 400 + mostHeld), more: false };
    const down = trimmed(grown(long, "after", next));
    expect([seqs(down).at(-1), down.before, down.after]).toEqual([400 + mostHeld, true, false]);
    expect(seqs(down).length).toBeLessThan(mostHeld);
    expect(trimmed(middle)).toBe(middle);
  });

  it("holds whole pages beside what it lets go of, so that it does not fetch them again at once", () => {
    const long: Window = { messages: history(...some(1, mostHeld + 1)), before: true, after: false, grew: "before" };
    expect(seqs(trimmed(long)).length).toBeGreaterThan(mostHeld / 2);
  });
});
