import { useState } from "preact/hooks";
import { seers } from "../../app/reporting.js";
import { say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import type { Report } from "../../wire/reports.js";
import type { Message } from "../../wire/types.js";
import { Measures, measuresOf } from "./Measures.js";
import { Settling } from "./Settling.js";
import { useTelling } from "./useTelling.js";

interface Props {
  view: ConversationView;
  report: Report;
  number: number;
  message: Message | null;
  onChanged: () => void;
}

type Step = "measures" | "acted" | "dismissed";

/** What one who handles reports does with one: all of it while it waits, and to step in also after that. */
export function Handling({ view, report, number, message, onChanged }: Props) {
  const [step, setStep] = useState<Step | null>(null);
  const isOver = report.outcome !== undefined;
  const possible = measuresOf(view, report, message);
  const isAnything = possible.items.length > 0 || possible.seq !== null || possible.isOfHouse;
  const back = (): void => setStep(null);
  if (step === "acted" || step === "dismissed")
    return (
      <Settling
        conversation={view.conversation}
        number={number}
        outcome={step}
        teller={report.by === me.value || report.rule !== undefined ? null : nameOf(report.by, view.conversation)}
        onBack={back}
        onDone={onChanged}
      />
    );
  if (step === "measures")
    return (
      <Measures
        possible={possible}
        onBack={back}
        onDone={(told) => {
          say(told);
          setStep(isOver ? null : "acted");
        }}
      />
    );
  if (isOver && !isAnything) return null;
  return (
    <div class="handling">
      {!isOver && <Owning view={view} report={report} number={number} onChanged={onChanged} />}
      <div class="ends">
        {isAnything && (
          <button type="button" class="button outline small" onClick={() => setStep("measures")}>
            Step in…
          </button>
        )}
        {!isOver && (
          <>
            <button type="button" class="button outline small" onClick={() => setStep("dismissed")}>
              Dismiss…
            </button>
            <button type="button" class="button action small" onClick={() => setStep("acted")}>
              Acted on…
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** Whose it is to see to: to take it, to give it back, or to give it to another. */
function Owning({ view, report, number, onChanged }: Omit<Props, "message">) {
  const { conversation } = view;
  const { tell, isBusy, note } = useTelling(conversation, "Not given");
  const give = async (person: string | null): Promise<void> => {
    if (await tell({ verb: "assign", report: number, ...(person === null ? {} : { person }) })) onChanged();
  };
  const isMine = report.assignee === me.value;
  const others = seers(view, report.about ?? null).filter((one) => one !== me.value && one !== report.assignee);
  return (
    <div class="owning">
      <button
        type="button"
        class="button quiet small"
        disabled={isBusy}
        onClick={() => void give(isMine ? null : me.value)}
      >
        {isMine ? "Give back" : "Take it"}
      </button>
      {others.length > 0 && (
        <select
          class="button quiet small"
          aria-label="Give it to"
          value=""
          disabled={isBusy}
          onChange={(event) => void give(event.currentTarget.value)}
        >
          <option value="" disabled>
            Give to…
          </option>
          {others.map((person) => (
            <option key={person} value={person}>
              {nameOf(person, conversation)}
            </option>
          ))}
        </select>
      )}
      {note}
    </div>
  );
}
