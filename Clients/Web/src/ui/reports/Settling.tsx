import { say } from "../../app/start.js";
import type { Result } from "../../wire/reports.js";
import { WhyForm } from "../people/WhyForm.js";
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
  const { tell, isBusy, note } = useTelling(conversation, "Not settled");
  const { title, action, told } = words[outcome];
  const submit = async (why: { reason?: string }): Promise<void> => {
    if (!(await tell({ verb: "settle", report: number, outcome, ...why }))) return;
    say(told);
    onDone();
  };
  const label = "A word on it, if you want; who handles reports reads it";
  return (
    <WhyForm {...{ label, action, isBusy, note, onBack }} onSubmit={submit}>
      <p class="hint">
        <b>{title}</b> {teller !== null && `${teller} is shown that, and not by whom.`}
      </p>
    </WhyForm>
  );
}
