import { causeName } from "../../app/reporting.js";
import { useMessage } from "../../app/reports.js";
import { go } from "../../app/route.js";
import { me } from "../../app/state.js";
import { sinceTime } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import type { Report } from "../../wire/reports.js";
import type { Message } from "../../wire/types.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { aside } from "../panes.js";
import { Handling } from "./Handling.js";
import { Looking } from "./Looking.js";
import { placeName, ReportedMessage, ReportedPerson, ReportedPlace, Unseen } from "./Reported.js";

interface Props {
  /** Null of what one told the staff. */
  view: ConversationView | null;
  report: Report;
  isHandler: boolean;
  onChanged: () => void;
  onClose: () => void;
}

/** A report: what is wrong with what, who told, whose it is, and what came of it. */
export function ReportCard({ view, report, isHandler, onChanged, onClose }: Props) {
  const conversation = view?.conversation ?? "-";
  const { by, at, why, reason, note, outcome, rule } = report;
  const message = useMessage(report.conversation, report.seq);
  return (
    <li class="report">
      <p class="report-head">
        <span class={`tag why ${why}`}>{rule === undefined ? causeName(why) : "Words"}</span>
        <small class={outcome ?? ""}>{standingOf(report, isHandler, conversation)}</small>
      </p>
      <What report={report} message={message} here={conversation} onClose={onClose} />
      <p class="told-by">
        {rule === undefined ? <Face person={by} size={24} /> : <Icon name="flag" size={24} />}
        <span>
          {reason && <q>{reason}</q>}
          <small>
            {rule === undefined ? `${youOr(by, conversation)} told` : `The rule about words “${rule}” flagged it`},{" "}
            {sinceTime(at)}
          </small>
        </span>
      </p>
      {note && (
        <p class="told-by">
          <Face person={report.settled_by ?? ""} size={24} />
          <span>
            <q>{note}</q>
            <small>{youOr(report.settled_by ?? "", conversation)}, when it was settled</small>
          </span>
        </p>
      )}
      {view && report.report !== undefined && (
        <Handling view={view} report={report} number={report.report} message={message ?? null} onChanged={onChanged} />
      )}
    </li>
  );
}

/** Whose it is, or what came of it. */
function standingOf(report: Report, isHandler: boolean, conversation: string): string {
  const { outcome, settled_at, settled_by, assignee } = report;
  if (outcome) {
    const by =
      settled_by === undefined ? "" : ` by ${settled_by === me.value ? "you" : nameOf(settled_by, conversation)}`;
    return `${outcome === "acted" ? "Acted on" : "Dismissed"}${by}, ${sinceTime(settled_at ?? report.at)}`;
  }
  if (!isHandler) return "Waits to be looked at";
  if (assignee === undefined) return "Nobody has it yet";
  return assignee === me.value ? "You have it" : `${nameOf(assignee, conversation)} has it`;
}

interface WhatProps {
  report: Report;
  /** The words, where one may see them; undefined until that is known. */
  message: Message | null | undefined;
  here: string;
  onClose: () => void;
}

function What({ report, message, here, onClose }: WhatProps) {
  const { conversation, seq, person, about } = report;
  if (person !== undefined) return <ReportedPerson person={person} conversation={here} />;
  if (conversation === undefined) return null;
  if (seq === undefined) return <ReportedPlace conversation={conversation} />;
  if (message === undefined) return <p class="reported" aria-busy="true" />;
  if (message === null)
    return here !== "-" && report.report !== undefined ? (
      <Looking place={here} report={report} number={report.report} conversation={conversation} />
    ) : (
      <Unseen about={about} conversation={conversation} />
    );
  const open = (): void => {
    onClose();
    // Where the pane covers what it opens.
    if (matchMedia("(max-width: 1099px)").matches) aside.value = null;
    go({ conversation, at: seq });
  };
  return (
    <ReportedMessage message={message} conversation={conversation}>
      <button type="button" class="button quiet small" onClick={open}>
        {conversation === here ? "Go to it" : `Go to it: ${placeName(conversation)}`}
      </button>
    </ReportedMessage>
  );
}
