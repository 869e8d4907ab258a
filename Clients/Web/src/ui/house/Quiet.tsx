import { useState } from "preact/hooks";
import { setSelf } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { isSounding } from "../../app/house/sounds.js";
import { house } from "../../app/house/state.js";
import { say } from "../../app/start.js";
import { aheadHere, aheadOf, clockText, minuteOf, quietFrom, zoneText } from "../../views/quiet.js";
import type { Quiet } from "../../wire/house.js";

const night = { from: 22 * 60, to: 8 * 60 };

async function set(quiet: Quiet | undefined): Promise<string> {
  const area = quiet ? { id: "-", verb: "quiet", body: quiet } : { id: "-", verb: "unquiet" };
  const answer = await setSelf(area, { quiet });
  if ("refused" in answer) return `Not changed. ${plain(answer.refused)}`;
  say(quiet ? "Saved. Then nothing is told to you, and nothing sounds." : "Saved. You are told at any hour.");
  return "";
}

/** In which hours one is told nothing. */
export function QuietHours() {
  const [note, setNote] = useState("");
  const quiet = house.value?.me.quiet;
  const turn = async (isOn: boolean): Promise<void> =>
    setNote(await set(isOn ? quietFrom(night.from, night.to, aheadHere()) : undefined));
  return (
    <div class="quiet-hours">
      <label class="switch">
        <input
          type="checkbox"
          checked={quiet !== undefined}
          disabled={!house.value}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        Quiet hours: no notices, no sounds
      </label>
      {quiet && <Hours key={JSON.stringify(quiet)} quiet={quiet} onNote={setNote} />}
      {note && (
        <p class="door-note" role="alert">
          {note}
        </p>
      )}
    </div>
  );
}

function Hours({ quiet, onNote }: { quiet: Quiet; onNote: (note: string) => void }) {
  const [from, setFrom] = useState(clockText(quiet.from));
  const [to, setTo] = useState(clockText(quiet.to));
  const isElsewhere = aheadOf(quiet) !== aheadHere();
  const isSame = from === clockText(quiet.from) && to === clockText(quiet.to) && !isElsewhere;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const [begin, end] = [minuteOf(from), minuteOf(to)];
    if (begin === null || end === null) return onNote("Both are needed: from when, and until when.");
    if (begin === end) return onNote("From and until are the same: then it would never be quiet.");
    onNote(await set(quietFrom(begin, end, aheadHere())));
  };
  return (
    <form class="hours" onSubmit={(event) => void save(event)}>
      <label class="field">
        <span>From</span>
        <input type="time" value={from} required onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label class="field">
        <span>Until</span>
        <input type="time" value={to} required onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button quiet" disabled={isSame}>
        Save
      </button>
      <p class="hint">
        {isElsewhere
          ? `They hold by a clock at ${zoneText(aheadOf(quiet))}. Save them, and they hold by the one here.`
          : `Every day, by the clock here (${zoneText(aheadHere())}).`}
      </p>
    </form>
  );
}

/** Whether one hears a knock, a wave, the door, and that it is one's turn. */
export const Sounds = () => (
  <label class="switch">
    <input
      type="checkbox"
      checked={isSounding.value}
      onChange={(event) => (isSounding.value = event.currentTarget.checked)}
    />
    Sounds: the door, a knock, a wave, your turn
  </label>
);
