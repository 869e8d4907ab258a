import { askOnce } from "../app/start.js";
import type { Relays } from "../wire/calls.js";

// What is good for less than this, in milliseconds, is not begun with.
const spare = 3_600_000;

let held: Relays | null = null;

/** By which servers devices find each other; none where that is not to be had. */
export async function relays(): Promise<readonly RTCIceServer[]> {
  if (!held || (held.until ?? 0) < Date.now() + spare) {
    const answer = await askOnce<Relays>("call", "-", "relays", {});
    held = "ok" in answer && Array.isArray(answer.ok.urls) ? answer.ok : null;
  }
  if (!held?.urls.length) return [];
  const { urls, username, credential } = held;
  return [{ urls: [...urls], ...(username === undefined ? {} : { username, credential: credential ?? "" }) }];
}
