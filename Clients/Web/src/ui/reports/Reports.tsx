import { useState } from "preact/hooks";
import { isHandler, useReports, useWaiting } from "../../app/reports.js";
import { reasonOf } from "../../app/refusals.js";
import { me } from "../../app/state.js";
import type { ConversationView } from "../../views/entry.js";
import { Dialog } from "../Dialog.js";
import { placeName } from "./Reported.js";
import { ReportCard } from "./ReportCard.js";
import { Waiting } from "./Waiting.js";

interface Props {
  view: ConversationView;
  onClose: () => void;
}

/** What was reported, for who handles it; for anybody else what they told, and what came of it. */
export function ReportsDialog({ view, onClose }: Props) {
  const [isSettled, setIsSettled] = useState(false);
  const place = placeName(view.conversation);
  const waiting = useWaiting(view);
  const isMine = !isHandler(view, me.value);
  return (
    <Dialog
      title={isMine ? "What you reported" : "Reports"}
      under={isMine ? `${place}, and what came of it.` : `${place}. Whom a report is about does not see it.`}
      onClose={onClose}
    >
      <div class="filters" role="group" aria-label="Which">
        {[false, true].map((settled) => (
          <button
            key={settled}
            type="button"
            aria-pressed={isSettled === settled}
            onClick={() => setIsSettled(settled)}
          >
            {settled ? "Settled" : "Waiting"} {!settled && <Waiting count={waiting} />}
          </button>
        ))}
      </div>
      <List key={isSettled} view={view} isSettled={isSettled} onClose={onClose} />
    </Dialog>
  );
}

function List({ view, isSettled, onClose }: Props & { isSettled: boolean }) {
  const { conversation } = view;
  const { listed, refusal, list, more } = useReports(conversation, isSettled);
  return (
    <>
      {refusal && (
        <p class="hint">
          The reports can't be listed: {reasonOf(refusal, conversation)}.{" "}
          <button type="button" class="button quiet small" onClick={() => void list()}>
            Try again
          </button>
        </p>
      )}
      {listed?.reports.length === 0 && <p class="nothing">{nothing(listed.isHandler, isSettled)}</p>}
      <ul class="reports">
        {listed?.reports.map((report) => (
          <ReportCard
            key={report.report ?? `${report.at} ${report.seq ?? report.person}`}
            view={view}
            report={report}
            isHandler={listed.isHandler}
            onChanged={() => void list()}
            onClose={onClose}
          />
        ))}
      </ul>
      {more && (
        <button type="button" class="button quiet" onClick={() => void more()}>
          Earlier
        </button>
      )}
    </>
  );
}

function nothing(isHandlers: boolean, isSettled: boolean): string {
  if (isSettled) return "Nothing was settled yet.";
  return isHandlers
    ? "Nothing waits. What people report here stands here at once."
    : "Nothing of yours waits. To report a message, open what can be done with it.";
}
