import { useState } from "preact/hooks";
import { lengthOf } from "../../app/permits.js";
import { nameOf } from "../../app/words.js";
import type { Command } from "../../wire/types.js";
import { useChange } from "../Request.js";
import { day, hour, Lengths, minute } from "./Lengths.js";

const lengths = {
  timeout: [5 * minute, 10 * minute, hour, day, 7 * day],
  ban: [null, day, 7 * day, 30 * day],
  kick: [],
} as const;

const purges = [0, hour, day, 7 * day];

const says = {
  timeout: "They stay in and read on, and cannot say or change anything until then.",
  kick: "They may come back the way anybody may.",
  ban: "They are put out, and cannot come back or be asked in until it is over.",
} as const;

const actions = { timeout: "Take the word", kick: "Put out", ban: "Keep out" } as const;
const titles = { timeout: "They still have the word", kick: "Still in", ban: "Not kept out" } as const;
const told = { timeout: "has not the word for now", kick: "was put out", ban: "is kept out" } as const;

interface Props {
  conversation: string;
  person: string;
  what: "timeout" | "kick" | "ban";
  onBack: () => void;
  onDone: (told: string) => void;
}

/** For how long, and why: what is asked before somebody is kept out or kept silent. */
export function Limit({ conversation, person, what, onBack, onDone }: Props) {
  const [length, setLength] = useState<number | null>(lengths[what][0] ?? null);
  const [reason, setReason] = useState("");
  const [purge, setPurge] = useState(0);
  const { change, isBusy, note } = useChange(conversation, titles[what]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await change(commandOf(what, person, length, reason.trim(), purge)))
      onDone(`${nameOf(person, conversation)} ${told[what]}.`);
  };
  return (
    <form class="limit" onSubmit={(event) => void submit(event)}>
      <p class="hint">{says[what]}</p>
      {lengths[what].length > 0 && <Lengths of={lengths[what]} value={length} endless="for good" onPick={setLength} />}
      {what === "ban" && (
        <label class="field">
          <span>What they said is taken back</span>
          <select value={purge} onChange={(event) => setPurge(Number(event.currentTarget.value))}>
            {purges.map((ms) => (
              <option key={ms} value={ms}>
                {ms === 0 ? "not" : `of the last ${lengthOf(ms)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        <span>Why, if you want to say; everybody here may read it</span>
        <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <div class="ends">
        <button type="button" class="button outline" onClick={onBack}>
          Leave it
        </button>
        <button type="submit" class="button action" disabled={isBusy}>
          {actions[what]}
        </button>
      </div>
      {note}
    </form>
  );
}

function commandOf(what: Props["what"], person: string, length: number | null, reason: string, purge: number): Command {
  const why = reason ? { reason } : {};
  if (what === "kick") return { verb: "kick", person, ...why };
  if (what === "timeout") return { verb: "timeout", person, for_ms: length ?? 0, ...why };
  return {
    verb: "ban",
    person,
    ...(length === null ? {} : { for_ms: length }),
    ...(purge ? { purge_ms: purge } : {}),
    ...why,
  };
}
