import { rankOf } from "./powers.js";
import type { State } from "./state.js";

/** People of whom the same becomes: above whom they would stand and do not now, or the other way round. */
export interface Shift {
  readonly people: readonly string[];
  readonly others: readonly string[];
  readonly isGained: boolean;
}

/** What another order of ranks would come to: nobody acts on who stands as high as they do. */
export function shiftsOf(now: State, then: State): readonly Shift[] {
  const alike = new Map<string, { was: number; is: number; people: string[] }>();
  for (const person of new Set([...now.members.keys(), ...then.members.keys()])) {
    const [was, is] = [rankOf(now, person), rankOf(then, person)];
    const those = alike.get(`${was} ${is}`);
    if (those) those.people.push(person);
    else alike.set(`${was} ${is}`, { was, is, people: [person] });
  }
  const all = [...alike.values()].sort((a, b) => b.is - a.is || b.was - a.was);
  return all.flatMap(({ was, is, people }) =>
    [true, false].flatMap((isGained): Shift[] => {
      const others = all.filter((one) => was > one.was !== is > one.is && is > one.is === isGained);
      return others.length > 0 ? [{ people, others: others.flatMap((one) => one.people), isGained }] : [];
    }),
  );
}
