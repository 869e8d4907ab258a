import { useState } from "preact/hooks";
import { sinceTime } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import type { Suspension } from "../../wire/reports.js";
import { Icon } from "../Icon.js";
import { useWish } from "../Request.js";
import { day, hour, Lengths } from "./Lengths.js";
import { WhyForm } from "./WhyForm.js";

const lengths = [hour, day, 7 * day, null];

interface Props {
  person: string;
  held: Suspension;
  /** What was done, and whether they are out now. */
  onDone: (told: string, isOut: boolean) => void;
}

/** For who may close people out of the house, as items of a menu: whether somebody is, and the way out and in. */
export function Suspending({ person, held, onDone }: Props) {
  const [isAsked, setIsAsked] = useState(false);
  const { wish, isBusy, note } = useWish("Still closed out");
  if (isAsked) return <ClosingOut person={person} onBack={() => setIsAsked(false)} onDone={onDone} />;
  const letIn = async (): Promise<void> => {
    if (await wish({ area: "person", id: person, verb: "restore", body: {} }))
      onDone(`${nameOf(person)} is let in again.`, false);
  };
  const { suspended, by = "", at = 0, until, reason } = held;
  return (
    <>
      {suspended && (
        <p class="callout closed-out">
          <Icon name="lock" />
          <span>
            <b>Closed out of the house {untilWords(until)}</b>
            {reason && <q>{reason}</q>}
            <small>
              {youOr(by)}, {sinceTime(at)}
            </small>
          </span>
        </p>
      )}
      {suspended && (
        <button type="button" class="menu-item" disabled={isBusy} onClick={() => void letIn()}>
          <Icon name="door" /> Let in again
        </button>
      )}
      <button type="button" class="menu-item rose" onClick={() => setIsAsked(true)}>
        <Icon name={suspended ? "clock" : "lock"} />{" "}
        {suspended ? "Close out for another time…" : "Close out of the house…"}
      </button>
      {note}
    </>
  );
}

const untilWords = (until: number | undefined): string =>
  until === undefined ? "until let in again" : `until ${sinceTime(until)}`;

/** For how long somebody is closed out, and why. */
function ClosingOut({ person, onBack, onDone }: Omit<Props, "held"> & { onBack: () => void }) {
  const [length, setLength] = useState<number | null>(hour);
  const { wish, isBusy, note } = useWish("Not closed out");
  const name = nameOf(person);
  const submit = async (why: object): Promise<void> => {
    const body = { ...(length === null ? {} : { for_ms: length }), ...why };
    if (await wish({ area: "person", id: person, verb: "suspend", body }))
      onDone(`${name} is closed out ${untilWords(length === null ? undefined : Date.now() + length)}.`, true);
  };
  const label = "Why, if you want to say; the staff can read it";
  return (
    <WhyForm {...{ label, isBusy, note, onBack }} action="Close out" onSubmit={submit}>
      <p>
        <b>Close {name} out of the house?</b> All their devices are put out at once, and none is let in until it is
        over. What they said stays.
      </p>
      <Lengths of={lengths} value={length} endless="until let in again" onPick={setLength} />
    </WhyForm>
  );
}
