import { afterEach, beforeEach, expect, it, vi } from "vitest";

vi.hoisted(() => {
  vi.stubGlobal("localStorage", undefined);
});

const { goneFor, whenGone } = await import("../src/call/gone.js");
const { peered } = await import("../src/call/state.js");

const peer = { person: "mia", device: "phone", stream: null, mic: true, cam: false, speaking: false };
let times: number;

beforeEach(() => {
  vi.useFakeTimers();
  times = 0;
  peered.value = [];
});

afterEach(() => vi.useRealTimers());

it("tells of who never comes, and of who is gone for long; not of who is back, nor once it is over", () => {
  const end = whenGone(() => times++);
  vi.advanceTimersByTime(goneFor - 1);
  peered.value = [{ ...peer, isConnected: true }];
  vi.advanceTimersByTime(goneFor * 10);
  expect(times).toBe(0);
  peered.value = [{ ...peer, isConnected: false }];
  vi.advanceTimersByTime(goneFor - 1);
  expect(times).toBe(0);
  vi.advanceTimersByTime(1);
  expect(times).toBe(1);
  end();
  peered.value = [];
  vi.advanceTimersByTime(goneFor * 10);
  expect(times).toBe(1);
});
