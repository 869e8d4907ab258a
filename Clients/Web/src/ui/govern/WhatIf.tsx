import { useEffect, useState } from "preact/hooks";
import { whatIf } from "../../app/governing.js";
import { cannot } from "../../app/permits.js";
import { reasonOf } from "../../app/refusals.js";
import { namesOf } from "../../app/reporting.js";
import { link } from "../../app/state.js";
import { counted } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { outcomesOf, type Outcomes } from "../../views/outcomes.js";
import { after } from "../../views/powers.js";
import { shiftsOf } from "../../views/shifts.js";
import type { Outcome } from "../../wire/governing.js";
import type { Answer, Command } from "../../wire/types.js";
import { Icon } from "../Icon.js";
import { RefusalNote } from "../RefusalNote.js";
import { useChange } from "../Request.js";
import { Table } from "./Table.js";

interface Props {
  view: ConversationView;
  command: Command;
  /** What is different, by name: what it is and what it would be. */
  change: readonly (readonly [string, string])[];
  onLeave: () => void;
  onSaved: () => void;
}

/** What a change would come to, before it is made; nothing is written until it is saved. */
export function WhatIf({ view, command, change, onLeave, onSaved }: Props) {
  const { conversation, state } = view;
  const [answer, again] = useOutcome(view, command);
  const saving = useChange(conversation, "Not saved");
  const save = async (): Promise<void> => {
    if (await saving.change(command)) onSaved();
  };
  const outcome = answer && "ok" in answer ? answer.ok : null;
  return (
    <div class="what-if">
      <ul class="change">
        {change.map(([name, how]) => (
          <li key={name}>
            <b>{name}</b>
            <span>{how}</span>
          </li>
        ))}
      </ul>
      {!answer && <p class="hint">Working it out…</p>}
      {answer && "refused" in answer && (
        <p class="hint">
          What it would come to can't be told: {reasonOf(answer.refused, conversation)}.{" "}
          <button type="button" class="button quiet" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {outcome?.refused && (
        <RefusalNote refusal={outcome.refused} title="It can't be saved" conversation={conversation} wished={command} />
      )}
      {outcome?.allowed && <Came outcome={outcome} view={view} command={command} />}
      {saving.note}
      <footer class="what-if-end">
        <p>
          {outcome ? `Worked out at version ${outcome.version}.` : `This is version ${state.version}.`}
          <br />
          Writes nothing until you save.
        </p>
        <button type="button" class="button outline" onClick={onLeave}>
          Leave as it is
        </button>
        <button
          type="button"
          class="button action"
          disabled={saving.isBusy || !outcome?.allowed}
          onClick={() => void save()}
        >
          Save the change
        </button>
      </footer>
    </div>
  );
}

/** Asked of the host, and again when the rules or the people changed meanwhile. */
function useOutcome(view: ConversationView, command: Command): [Answer<Outcome> | null, () => void] {
  const { conversation, state } = view;
  const [answer, setAnswer] = useState<Answer<Outcome> | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isOver = false;
    void whatIf(conversation, command).then((one) => {
      if (!isOver) setAnswer(one);
    });
    return () => void (isOver = true);
  }, [conversation, state.rules, state.members, JSON.stringify(command), link.value, tries]);
  return [answer, () => setTries(tries + 1)];
}

function Came({ outcome, view, command }: { outcome: Outcome; view: ConversationView; command: Command }) {
  const outcomes = outcomesOf(view.state, outcome.differences, Date.now());
  const { losers, gainers } = outcomes;
  const lockOuts = outcome.lock_out ? 1 : 0;
  const shifts = shiftsOf(view.state, after(view.state, command));
  return (
    <>
      <dl class="counters">
        <Counter
          count={losers.length}
          name={losers.length === 1 ? "person loses something" : "people lose something"}
          sort="lose"
        />
        <Counter count={gainers.length} name={gainers.length === 1 ? "person gains" : "people gain"} sort="gain" />
        <Counter count={lockOuts} name={lockOuts === 1 ? "lock-out" : "lock-outs"} sort="lock" />
      </dl>
      {outcomes.columns.length > 0 && <Table outcomes={outcomes} view={view} />}
      {shifts.map(({ people, others, isGained }) => (
        <p key={`${isGained} ${people[0]}`} class="sentence">
          {isGained ? "From then on above" : "No longer above"} {namesOf(others, view.conversation)}:{" "}
          <b>{namesOf(people, view.conversation)}</b>
        </p>
      ))}
      {outcomes.columns.length + shifts.length === 0 && <p class="hint">Nobody could do more or less than now.</p>}
      {outcome.lock_out && (
        <p class="callout">
          <Icon name="key" />
          <span>
            <b>You could not take this back.</b> Whoever can still change it would have to do it for you.
          </span>
        </p>
      )}
      <Read outcomes={outcomes} view={view} command={command} />
    </>
  );
}

const Counter = ({ count, name, sort }: { count: number; name: string; sort: string }) => (
  <div class={count > 0 ? `counter ${sort}` : "counter"}>
    <dt>{name}</dt>
    <dd>{count}</dd>
  </div>
);

/** What those who lose something will read where they would use it. */
function Read({ outcomes, view, command }: { outcomes: Outcomes; view: ConversationView; command: Command }) {
  const lost = outcomes.columns.filter((_, at) => outcomes.rows.some((row) => row.cells[at] === "loses"));
  if (lost.length === 0) return null;
  const then = after(view.state, command);
  return (
    <section class="will-read" aria-label="What they will read">
      <p>{counted(outcomes.losers.length, "person", "people")} will read this where they would do it:</p>
      {lost.map((permission) => (
        <p key={permission} class="sentence">
          {cannot(then, permission, view.conversation)}
        </p>
      ))}
    </section>
  );
}
