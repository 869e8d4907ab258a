import { useEffect, useState } from "preact/hooks";
import { explain } from "../../app/governing.js";
import { askWhom, cannot, holders } from "../../app/permits.js";
import { me } from "../../app/state.js";
import { sinceTime } from "../../app/times.js";
import type { ConversationView } from "../../views/entry.js";
import { isSilent, powersNow } from "../../views/powers.js";
import { Because } from "../RefusalNote.js";
import { NotChanged } from "./Composer.js";
import type { Desk } from "./desk.js";

/** Why one may say nothing here just now, in words; null where one may. */
export function useClosed(view: ConversationView | undefined): string | null {
  const [, look] = useState(0);
  const until = view?.state.members.get(me.value)?.timedOutUntil ?? 0;
  useEffect(() => {
    const left = until - Date.now();
    if (left <= 0 || left > 86_400_000) return;
    const timer = setTimeout(() => look(until), left + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return view ? whyClosed(view) : null;
}

function whyClosed({ state, conversation }: ConversationView): string | null {
  const mine = state.members.get(me.value);
  const now = Date.now();
  if (!mine || powersNow(state, me.value, now).has("send")) return null;
  if (isSilent(mine, now)) return `You have not the word until ${sinceTime(mine.timedOutUntil ?? 0)}.`;
  if (state.rules.settings.locked && !powersNow(state, me.value, now).has("manage_settings")) {
    const ask = askWhom(holders(state, "manage_settings"), conversation);
    return `It is locked just now.${ask ? ` ${ask}.` : ""}`;
  }
  return cannot(state, "send", conversation);
}

/** In the place of the box: why one may say nothing here, and by which rules. What was begun stays for later. */
export function Closed({ desk, view, why }: { desk: Desk; view: ConversationView; why: string }) {
  const [rules, setRules] = useState<readonly string[] | null>(null);
  const show = (): void => {
    if (rules) return setRules(null);
    void explain(view.conversation, { verb: "send", body: "…" }).then((answer) => {
      if ("ok" in answer) setRules(answer.ok.because);
    });
  };
  const draft = desk.draft();
  return (
    <div class="composer closed">
      <NotChanged desk={desk} />
      {rules && <Because rules={rules} conversation={view.conversation} />}
      <div class="composer-box">
        <p role="status">{why}</p>
        <button type="button" class="button quiet small" aria-expanded={rules !== null} onClick={show}>
          Why?
        </button>
      </div>
      {draft && <p class="hint">What you began is kept: “{draft.length > 80 ? `${draft.slice(0, 80)}…` : draft}”</p>}
    </div>
  );
}
