import { useEffect, useState } from "preact/hooks";
import { lengthOf } from "../../app/permits.js";
import { reasonOf } from "../../app/refusals.js";
import { ask, say } from "../../app/start.js";
import type { WordRule, WordRulesHeld } from "../../wire/governing.js";
import type { Answer } from "../../wire/types.js";
import { useChange } from "../Request.js";

const hour = 3_600_000;
const lengths = [hour / 6, hour, 24 * hour, 168 * hour];
const titles = {
  block: "Not said here",
  timeout: "Not said here, and it costs the word",
  flag: "Said, and those who handle reports are told",
};

/** What is not said here, or told: phrases by line. For who may change the settings, whom none of it binds. */
export function WordRules({ conversation }: { conversation: string }) {
  const [rules, setRules] = useState<readonly WordRule[]>([]);
  const [refused, setRefused] = useState("");
  const { change, isBusy, note } = useChange(conversation, "The words were not saved");
  useEffect(() => {
    void ask<WordRulesHeld>("conversation", conversation, "word_rules", {}).then((answer: Answer<WordRulesHeld>) =>
      "ok" in answer ? setRules(withEach(answer.ok.words)) : setRefused(reasonOf(answer.refused)),
    );
  }, [conversation]);
  const put = (rule: string, some: Partial<WordRule>): void =>
    setRules(rules.map((one) => (one.rule === rule ? { ...one, ...some } : one)));
  const save = async (): Promise<void> => {
    const trimmed = rules.map((one) => ({ ...one, phrases: one.phrases.map((text) => text.trim()).filter(Boolean) }));
    if (await change({ verb: "words", words: trimmed.filter((one) => one.phrases.length > 0) }))
      say("The words are saved.");
  };
  if (refused) return <p class="hint">The words can’t be shown: {refused}.</p>;
  return (
    <details class="word-rules">
      <summary>Words</summary>
      <p class="hint">
        A phrase on each line; a star stands for any letters at its end. None of it binds who may change the settings.
      </p>
      {rules.map(({ rule, action, phrases, for_ms }) => (
        <label key={rule} class="field">
          <span>
            {titles[action]}
            {rule === action ? "" : ` (${rule})`}
          </span>
          <textarea
            rows={Math.min(6, Math.max(2, phrases.length + 1))}
            value={phrases.join("\n")}
            onInput={(event) => put(rule, { phrases: event.currentTarget.value.split("\n") })}
          />
          {for_ms !== undefined && (
            <select
              aria-label="For how long"
              value={for_ms}
              onChange={(event) => put(rule, { for_ms: Number(event.currentTarget.value) })}
            >
              {[...new Set([...lengths, for_ms])].map((ms) => (
                <option key={ms} value={ms}>
                  for {lengthOf(ms)}
                </option>
              ))}
            </select>
          )}
        </label>
      ))}
      {note}
      <div class="ends">
        <button type="button" class="button action" disabled={isBusy} onClick={() => void save()}>
          Save the words
        </button>
      </div>
    </details>
  );
}

// One to write into for each action that has none yet.
const withEach = (held: readonly WordRule[]): readonly WordRule[] => [
  ...held,
  ...(Object.keys(titles) as WordRule["action"][])
    .filter((action) => !held.some((one) => one.action === action))
    .map((action) => ({ rule: action, action, phrases: [], ...(action === "timeout" ? { for_ms: hour } : {}) })),
];
