import { expect, test } from "vitest";
import { withLines, type Called } from "../src/views/called.js";
import type { Seen } from "../src/wire/types.js";

const called = (at: number): Called => ({ by: "mia", at, video: false, how: "missed", length_ms: 0 });
const line = (at: number): Seen => ({ ...called(at), conversation: "c", version: at, type: "called" });

test("calls that pages bring stand in order, each once, with those that were heard", () => {
  const heard = [called(30), called(40)];
  expect(withLines(heard, [line(10), line(30)]).map(({ at }) => at)).toEqual([10, 30, 40]);
  expect(withLines(heard)).toBe(heard);
});

test("what else stands between messages is passed over", () => {
  const later = { conversation: "c", version: 9, type: "later" } as unknown as Seen;
  expect(withLines([], [later, line(5)]).map(({ at }) => at)).toEqual([5]);
});
