import { useEffect, useRef, useState } from "preact/hooks";
import { offer, trouble, verify } from "../../app/table.js";
import { me } from "../../app/state.js";
import { listed, nameOf } from "../../app/words.js";
import type { Check } from "../../views/sealing.js";
import type { TableView } from "../../wire/games.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { isChoosingGame, lastGame } from "../../app/house/playing.js";
import { titleOf } from "./catalogue.js";
import { Last } from "./Last.js";
import { Check as Tick, Scores, Trouble, useSaid } from "./parts.js";

/** Who won, once more or something else, and whether it was fair. */
export function Over({ view }: { view: TableView }) {
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => setChecks(null), [view.number]);
  const { ended, scores, plan } = view;
  const best = Math.max(0, ...scores.map(({ points }) => points));
  const winners = best > 0 ? scores.filter(({ points }) => points === best).map(({ who }) => who) : [];
  const told = toldOf(winners, ended?.why ?? "");
  useSaid(told);
  const check = async (): Promise<void> => {
    setIsBusy(true);
    setChecks(await verify());
    setIsBusy(false);
  };
  const close = (): void => {
    lastGame.value = "";
    trouble.value = null;
  };
  return (
    <>
      <header class="game-head">
        <span class="emblem" aria-hidden="true">
          {plan ? titleOf(plan).emoji : "🎲"}
        </span>
        <div>
          <h2>{plan ? titleOf(plan).title : "The game"}</h2>
          <p>{ended?.why === "finished" ? "That was the last round" : "It ended early"}</p>
        </div>
        <button type="button" class="round" aria-label="Put the game away" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="winners">
        {winners.length > 0 && <Party />}
        <span class="winner-faces">
          {winners.slice(0, 4).map((person) => (
            <span key={person} class="winner">
              <span class="crown" aria-hidden="true">
                👑
              </span>
              <Face person={person} size={winners.length > 2 ? 64 : 92} />
            </span>
          ))}
        </span>
        <p class="game-big">{told}</p>
      </div>
      {view.play && ended?.why === "finished" && <Last game={view.play} />}
      <Scores view={view} />
      <Trouble />
      <div class="game-acts">
        <button type="button" class="button lamp" onClick={() => void offer({ is: "again" })}>
          Once more
        </button>
        <button type="button" class="button quiet" onClick={() => (isChoosingGame.value = true)}>
          Another game
        </button>
        <button type="button" class="button outline" disabled={isBusy} onClick={() => void check()}>
          Verify the game
        </button>
      </div>
      {checks && <Proof checks={checks} />}
    </>
  );
}

function toldOf(winners: readonly string[], why: string): string {
  const names = winners.map((who) => (who === me.value ? "you" : nameOf(who)));
  const all = listed(names, 4);
  const capital = all.charAt(0).toUpperCase() + all.slice(1);
  if (winners.length === 0)
    return why === "finished" ? "Nobody has a point. It was fun though." : "Nobody won this one.";
  if (winners.length > 1) return `${capital} share it!`;
  return winners[0] === me.value ? "You won!" : `${capital} won!`;
}

const bits = ["🎉", "✨", "🎊", "⭐", "✨", "🎉", "⭐", "🎊"];

const Party = () => (
  <span class="party" aria-hidden="true">
    {bits.map((bit, at) => (
      <span key={at} class={`bit bit-${at}`}>
        {bit}
      </span>
    ))}
  </span>
);

/** What was checked here, each with whether it holds. */
function Proof({ checks }: { checks: readonly Check[] }) {
  const isSound = checks.every(({ holds }) => holds !== false);
  const box = useRef<HTMLElement>(null);
  // Below the points of eight it would not be seen.
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <section ref={box} class={isSound ? "proof" : "proof broken"} role="status" aria-label="Whether it was fair">
      <h3>{isSound ? "It was a fair deal" : "Something does not fit"}</h3>
      <ul>
        {checks.map(({ what, holds, count }) => (
          <li key={what} class={holds === false ? "fails" : holds === null ? "open" : "holds"}>
            <span class="proof-mark" aria-hidden="true">
              {holds ? <Tick /> : holds === null ? "–" : "✕"}
            </span>
            <span>
              <span class="sr-only">{holds ? "Holds: " : holds === null ? "Not looked at: " : "Does not hold: "}</span>
              {lineOf(what, holds, count)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function lineOf(what: Check["what"], holds: boolean | null, count: number): string {
  const no = holds === false;
  switch (what) {
    case "commitment":
      return no
        ? "The house’s secret is not the one it promised at the start."
        : "The house’s secret is the one it promised before anybody sat down.";
    case "seals":
      if (holds === null) return "Nobody opened a seal.";
      return no ? "What was opened is not what was sealed." : `All ${count} seals open to what was sealed.`;
    case "chain":
      return no
        ? "The chain is broken: something was changed afterwards."
        : `The chain holds, from the first to the last of ${count} entries.`;
    case "seen":
      if (holds === null) return "This device was not there, so it kept nothing to compare.";
      return no
        ? "It is not the game that this device saw."
        : `It is the game that this device saw: ${count} of its moments are in it.`;
    case "verdict":
      return no
        ? "The house finds a move that the rules do not allow."
        : "Played once more by the rules, it comes out the same.";
  }
}
