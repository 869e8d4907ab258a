import { useEffect, useState } from "preact/hooks";
import type { Suspension } from "../wire/reports.js";
import { ask } from "./start.js";
import { me } from "./state.js";

/**
 * Whether somebody is closed out of the house, for who may close people out of it: the host is asked when their card
 * opens. Null for anybody else, and undefined until that is known.
 */
export function useSuspension(person: string | null): Suspension | null | undefined {
  const [held, setHeld] = useState<Suspension | null | undefined>(undefined);
  useEffect(() => {
    // Nobody closes themselves out.
    if (person === null || person === me.value) return setHeld(null);
    let isOver = false;
    void ask<Suspension>("person", person, "suspension", {}).then((answer) => {
      if (!isOver) setHeld("ok" in answer ? answer.ok : null);
    });
    return () => void (isOver = true);
  }, [person]);
  return held;
}
