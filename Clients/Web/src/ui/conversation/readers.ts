import type { History } from "../../views/history.js";
import type { Marks } from "../../wire/types.js";

/** For each message, whose marker stands at it. */
export function readersAt(
  messages: History,
  receipts: ReadonlyMap<string, Marks> | undefined,
  me: string,
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  if (!receipts) return found;
  const all = [...messages.values()].reverse();
  for (const [person, { read }] of receipts) {
    if (person === me || read === 0) continue;
    const at = all.find((message) => message.seq <= read);
    if (at && at.by !== person) found.set(at.seq, [...(found.get(at.seq) ?? []), person]);
  }
  return found;
}
