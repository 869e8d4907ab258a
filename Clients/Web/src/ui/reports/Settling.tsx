import { useState } from "preact/hooks";
import { say } from "../../app/start.js";
import type { Result } from "../../wire/reports.js";
import { useTelling } from "./useTelling.js";

const words = {
  acted: { title: "Something was done about it.", action: "Acted on", told: "It is settled: acted on." },
  dismissed: { title: "There is nothing to do about it.", action: "Dismiss", told: "It is settled: dismissed." },
} as const;

interface Props {
  conversation: string;
  number: number;
  outcome: Result;
  /** Who told; null where that was oneself, or nobody. */
  teller: string | null;
  onBack: () => void;
  onDone: () => void;
}

/** To have done with a report. */
export function Settling({ conversation, number, outcome, teller, onBack, onDone }: Props) {
  const [reason, setReason] = useState("");
  const { tell, isBusy, note } = useTelling(conversation, "Not settled");
  const { title, action, told } = words[outcome];
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const why = reason.trim() ? { reason: reason.trim() } : {};
    if (!(await tell({ verb: "settle", report: number, outcome, ...why }))) return;
    say(told);
    onDone();
  };
  return (
    <form class="limit" onSubmit={(event) => void submit(event)}>
      <p class="hint">
        <b>{title}</b> {teller !== null && `${teller} is shown that, and not by whom.`}
      </p>
      <label class="field">
        <span>A word on it, if you want; who handles reports reads it</span>
        <input value={reason} maxLength={1000} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <div class="ends">
        <button type="button" class="button outline" onClick={onBack}>
          Leave it
        </button>
        <button type="submit" class="button action" disabled={isBusy}>
          {action}
        </button>
      </div>
      {note}
    </form>
  );
}
