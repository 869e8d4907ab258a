import { expect, it, vi } from "vitest";
import { Marker } from "../src/sync/marker.js";

it("tells the furthest mark once, and again where it did not go through", async () => {
  vi.useFakeTimers();
  const told: number[] = [];
  let isUp = false;
  const marker = new Marker((_conversation, _verb, seq) => {
    told.push(seq);
    return Promise.resolve(isUp);
  }, 100);
  for (const seq of [1, 5, 3]) marker.want("c", "read", seq);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual([5]);
  isUp = true;
  await marker.flush();
  await marker.flush();
  expect(told).toEqual([5, 5]);
});
