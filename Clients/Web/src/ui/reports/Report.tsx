import { useEffect, useRef, useState } from "preact/hooks";
import { aboutOf, causeWords, namesOf, requestOf, seers, type Subject } from "../../app/reporting.js";
import { say } from "../../app/start.js";
import { views } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { causes, type Cause } from "../../wire/reports.js";
import { Dialog } from "../Dialog.js";
import { Icon } from "../Icon.js";
import { ReportedMessage, ReportedPerson, ReportedPlace } from "./Reported.js";
import { ToWhom } from "./ToWhom.js";
import { useTelling } from "./useTelling.js";

const titles = { message: "Report a message", conversation: "Report a conversation" } as const;

/** What is wrong with something, told to who looks after the conversation or to the staff. */
export function ReportDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const conversation = subject.conversation ?? "-";
  const view = views.value.get(conversation);
  const about = aboutOf(subject);
  const people = view ? seers(view, about) : [];
  const [why, setWhy] = useState<Cause | null>(null);
  const [words, setWords] = useState("");
  const [isStaffChosen, setIsStaffChosen] = useState(false);
  const { tell, isBusy, note } = useTelling(conversation, "Not reported");
  const form = useRef<HTMLFormElement>(null);
  // It stands below all that was asked.
  useEffect(() => void (note && form.current?.lastElementChild?.scrollIntoView({ block: "end" })), [note === null]);
  const isToStaff = isStaffChosen || people.length === 0;
  const whom = about === null ? null : nameOf(about, conversation);
  const who = isToStaff ? "the staff" : namesOf(people, conversation);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (why === null) return;
    const [id, command] = requestOf(subject, { why, words: words.trim(), isToStaff });
    if (!(await tell(command, id))) return;
    onClose();
    say(`Thank you for telling. It is shown to ${who} now.${whom === null ? "" : ` ${whom} is not told.`}`);
  };
  return (
    <Dialog title={subject.of === "person" ? `Report ${whom}` : titles[subject.of]} onClose={onClose}>
      <form ref={form} class="report-form" onSubmit={(event) => void submit(event)}>
        <What subject={subject} />
        <Why why={why} onPick={setWhy} />
        <label class="field">
          <span>{why === "other" ? "What it is" : "More on that, if you want to say"}</span>
          <textarea rows={2} maxLength={1000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
        {view && people.length > 0 && (
          <ToWhom view={view} people={people} isToStaff={isToStaff} onPick={setIsStaffChosen} />
        )}
        <Next who={who} whom={whom} isToStaff={isToStaff} />
        <div class="ends">
          <button type="button" class="button outline" onClick={onClose}>
            Leave it
          </button>
          <button type="submit" class="button action" disabled={isBusy || why === null}>
            Report
          </button>
        </div>
        {note}
      </form>
    </Dialog>
  );
}

function What({ subject }: { subject: Subject }) {
  if (subject.of === "message")
    return <ReportedMessage message={subject.message} conversation={subject.conversation} />;
  if (subject.of === "person") return <ReportedPerson person={subject.person} conversation={subject.conversation} />;
  return <ReportedPlace conversation={subject.conversation} />;
}

function Why({ why, onPick }: { why: Cause | null; onPick: (why: Cause) => void }) {
  return (
    <fieldset class="choices">
      <legend>What is wrong?</legend>
      {causes.map((cause) => (
        <label key={cause}>
          <input type="radio" name="why" checked={why === cause} onChange={() => onPick(cause)} />
          <span>
            <b>{causeWords[cause][0]}</b>
            <small>{causeWords[cause][1]}</small>
          </span>
        </label>
      ))}
      {why === "self_harm" && (
        <p class="callout" role="status">
          If somebody is in danger now, call for help where they are first: a report may wait a while to be read.
        </p>
      )}
    </fieldset>
  );
}

interface NextProps {
  who: string;
  /** Whom it is about, if anybody. */
  whom: string | null;
  isToStaff: boolean;
}

/** What happens when it is told. */
const Next = ({ who, whom, isToStaff }: NextProps) => (
  <ul class="what-next" aria-label="What happens next">
    <li>
      <Icon name="people" size={18} />
      <span>
        It is shown to {who}, with your name.{isToStaff && " They look after the whole house."}
      </span>
    </li>
    <li>
      <Icon name="lock" size={18} />
      <span>{whom === null ? "Nobody else is told." : `${whom} is not told, and is not shown it.`}</span>
    </li>
    <li>
      <Icon name="clock" size={18} />
      <span>
        What comes of it stands {isToStaff ? "under You, with what you told the staff" : "here under People"}.
      </span>
    </li>
  </ul>
);
