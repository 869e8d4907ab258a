let last = 0;

/** Ever-increasing, also within a millisecond: the order in which things were written. */
export function nextOrder(now: number): number {
  last = Math.max(last + 1, now * 100);
  return last;
}

/** A new id for a request. Keep it with what is sent, and use it again for every further try. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Date.now().toString(36) + random;
}
