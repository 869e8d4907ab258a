import { useState } from "preact/hooks";
import { lengthOf } from "../../app/permits.js";
import { nameOf } from "../../app/words.js";
import type { Command } from "../../wire/types.js";
import { useChange } from "../Request.js";
import { day, hour, Lengths, minute } from "./Lengths.js";
import { WhyForm } from "./WhyForm.js";

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
  const [purge, setPurge] = useState(0);
  const { change, isBusy, note } = useChange(conversation, titles[what]);
  const submit = async (why: object): Promise<void> => {
    if (await change({ ...commandOf(what, person, length, purge), ...why }))
      onDone(`${nameOf(person, conversation)} ${told[what]}.`);
  };
  const label = "Why, if you want to say; everybody here may read it";
  return (
    <WhyForm {...{ label, isBusy, note, onBack }} action={actions[what]} onSubmit={submit}>
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
    </WhyForm>
  );
}

function commandOf(what: Props["what"], person: string, length: number | null, purge: number): Command {
  if (what === "kick") return { verb: "kick", person };
  if (what === "timeout") return { verb: "timeout", person, for_ms: length ?? 0 };
  return {
    verb: "ban",
    person,
    ...(length === null ? {} : { for_ms: length }),
    ...(purge ? { purge_ms: purge } : {}),
  };
}
