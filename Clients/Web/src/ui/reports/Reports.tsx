import { useState } from "preact/hooks";
import { isHandler, useReports, useWaiting } from "../../app/reports.js";
import { reasonOf } from "../../app/refusals.js";
import { me } from "../../app/state.js";
import type { ConversationView } from "../../views/entry.js";
import { Dialog } from "../Dialog.js";
import { dialog } from "../dialogs.js";
import { placeName } from "./Reported.js";
import { ReportCard } from "./ReportCard.js";
import { Waiting } from "./Waiting.js";

interface Props {
  /** Null for what one told the staff. */
  view: ConversationView | null;
  onClose: () => void;
}

/** What was reported, for who handles it; for anybody else what they told, and what came of it. */
export function ReportsDialog({ view, onClose }: Props) {
  const [isSettled, setIsSettled] = useState(false);
  const waiting = useWaiting(view ?? undefined);
  const [title, under] = headOf(view);
  return (
    <Dialog title={title} under={under} onClose={onClose}>
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
      {view && !isHandler(view, me.value) && (
        <button type="button" class="button quiet" onClick={() => (dialog.value = "told")}>
          What you told the staff
        </button>
      )}
    </Dialog>
  );
}

function headOf(view: ConversationView | null): readonly [title: string, under: string] {
  if (!view) return ["What you told the staff", "They look after the whole house. Nobody else is shown it."];
  const place = placeName(view.conversation);
  return isHandler(view, me.value)
    ? ["Reports", `${place}. Whom a report is about does not see it.`]
    : ["What you reported", `${place}, and what came of it.`];
}

function List({ view, isSettled, onClose }: Props & { isSettled: boolean }) {
  const conversation = view?.conversation ?? "-";
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
