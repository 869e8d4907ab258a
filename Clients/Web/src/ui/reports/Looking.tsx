import { useState } from "preact/hooks";
import { useLooking } from "../../app/reports.js";
import { ask } from "../../app/start.js";
import type { Report } from "../../wire/reports.js";
import type { Attachment, Door } from "../../wire/types.js";
import { WhyForm } from "../people/WhyForm.js";
import { ReportedMessage, Unseen } from "./Reported.js";
import { useTelling } from "./useTelling.js";

interface Props {
  /** Whose reports these are. */
  place: string;
  report: Report;
  number: number;
  /** Where the message was said. */
  conversation: string;
}

/** A message that one is not shown where it was said: who handles the report sees it once they say why they look. */
export function Looking({ place, report, number, conversation }: Props) {
  const { looked, look } = useLooking(place, number);
  const [isAsked, setIsAsked] = useState(false);
  const { tell, isBusy, note } = useTelling(place, "Not shown");
  if (looked?.message)
    return (
      <ReportedMessage message={looked.message} conversation={conversation}>
        {looked.message.attachments?.map((file) => (
          <Saved key={file.file} place={place} number={number} file={file} />
        ))}
      </ReportedMessage>
    );
  const submit = async ({ reason }: { reason?: string }): Promise<void> => {
    if (reason === undefined) return;
    if (await tell({ verb: "look", report: number, reason })) await look();
  };
  return (
    <>
      <Unseen about={report.about} conversation={conversation}>
        {looked === null && report.outcome === undefined && !isAsked && (
          <button type="button" class="button quiet small" onClick={() => setIsAsked(true)}>
            Look at it…
          </button>
        )}
        {looked?.isGone && <small>It was taken back.</small>}
      </Unseen>
      {isAsked && !looked && (
        <WhyForm
          label="Why you look"
          action="Look at it"
          isNeeded
          isBusy={isBusy}
          note={note}
          onBack={() => setIsAsked(false)}
          onSubmit={submit}
        >
          <p class="hint">
            You are shown this one message for an hour, and nothing else of where it was said. That you looked, and why,
            stays for all who handle reports.
          </p>
        </WhyForm>
      )}
    </>
  );
}

/** A file of it, to look at or to save. */
function Saved({ place, number, file }: { place: string; number: number; file: Attachment }) {
  const open = async (): Promise<void> => {
    const answer = await ask<Door>("report", place, "fetch", { report: number, file: file.file });
    if ("ok" in answer) window.open(answer.ok.path, "_blank", "noopener");
  };
  return (
    <button type="button" class="button quiet small" onClick={() => void open()}>
      {file.name}
    </button>
  );
}
