import { useEffect, useState } from "preact/hooks";
import { isSeated, make } from "../../app/table.js";
import { me } from "../../app/state.js";
import { listed, nameOf, youOr } from "../../app/words.js";
import type { PotluckView } from "../../wire/games.js";
import { Face } from "../Face.js";
import { Crowd, Head, Scores, Trouble, useSaid, type Playing } from "./parts.js";
import { useKeys } from "./useKeys.js";
import { does } from "./words.js";

const lasts = { playing: 75_000, judging: 60_000, shown: 8_000 } as const;

/** A prompt, and everybody brings a card to it. */
export function Potluck({ view, game }: Playing<PotluckView>) {
  const { stage, number, of, judge, prompt } = game;
  const isJudge = judge === me.value;
  useSaid(saidOf(game, isJudge));
  const under = `Round ${Math.max(number, 1)} of ${of}${judge ? ` · ${does(judge, "judge")}` : ""}`;
  return (
    <>
      <Head view={view} under={under} lasts={lasts[stage]} />
      <p class="prompt" key={number}>
        {prompt ?? "The first prompt comes in a moment."}
      </p>
      {stage === "playing" ? <Bringing {...{ game, isJudge, seats: view.seats }} /> : <Laid {...{ game, isJudge }} />}
      <Trouble />
      <Scores view={view} done={stage === "playing" ? game.played : []} />
    </>
  );
}

/** The hand, of which one brings a card. */
function Bringing({ game, isJudge, seats }: { game: PotluckView; isJudge: boolean; seats: readonly string[] }) {
  const { hand, number, played, judge } = game;
  const [put, setPut] = useState<number | null>(null);
  useEffect(() => setPut(null), [number]);
  const mine = game.mine ?? put;
  const canPut = !isJudge && isSeated.value && mine === null && hand.length > 0;
  const bring = async (card: number): Promise<void> => {
    if (!canPut) return;
    setPut(card);
    if (!(await make({ is: "potluck.put", card }))) setPut(null);
  };
  useKeys(canPut ? hand.map((card) => () => void bring(card.number)) : []);
  const waits = seats.filter((who) => who !== judge && !played.includes(who) && who !== me.value);
  const line = isJudge ? "You judge this one. Cards are on their way." : lineOf(mine, hand.length > 0);
  return (
    <>
      <p class="hand-line">{line}</p>
      {isJudge || hand.length === 0 ? (
        <Crowd people={waits}>
          {waits.length > 0 ? `${listed(waits.map((who) => nameOf(who)))} still look through their cards.` : "All in!"}
        </Crowd>
      ) : (
        <ol class="hand" aria-label="Your hand">
          {hand.map(({ number: card, text }, index) => (
            <li key={card}>
              <button
                type="button"
                class={`small-card${mine === null ? "" : card === mine ? " mine" : " faded"}`}
                aria-disabled={!canPut}
                aria-pressed={card === mine}
                onClick={() => void bring(card)}
              >
                <kbd aria-hidden="true">{index + 1}</kbd> {text}
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

const lineOf = (mine: number | null, hasHand: boolean): string =>
  !hasHand ? "They look through their cards." : mine === null ? "Bring a card from your hand" : "Your card is in.";

/** The cards on the table: without names, until one was picked. */
function Laid({ game, isJudge }: { game: PotluckView; isJudge: boolean }) {
  const { stage, table, pick, players, judge } = game;
  const canPick = stage === "judging" && isJudge && isSeated.value;
  const choose = (index: number): void => void (canPick && make({ is: "potluck.pick", index }));
  useKeys(canPick ? table.map((_, index) => () => choose(index)) : []);
  const best = pick === null ? undefined : players[pick];
  return (
    <>
      <p class="hand-line">
        {stage === "judging"
          ? isJudge
            ? "Which fits best? Or worst; you judge."
            : `${nameOf(judge ?? "")} picks the best.`
          : best
            ? `${does(best, "win")} this round!`
            : table.length > 0
              ? "Nobody has this one."
              : ""}
      </p>
      <ol class="hand on-table" aria-label="On the table">
        {table.map(({ number, text }, index) => {
          const who = players[index];
          const how = pick === null ? "" : index === pick ? " best" : " faded";
          return (
            <li key={number}>
              <button type="button" class={`small-card${how}`} aria-disabled={!canPick} onClick={() => choose(index)}>
                {canPick && <kbd aria-hidden="true">{index + 1}</kbd>}
                <span>{text}</span>
                {who && (
                  <span class="whose">
                    <Face person={who} size={24} /> {youOr(who)}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function saidOf({ stage, prompt, judge, pick, players, table }: PotluckView, isJudge: boolean): string {
  const best = pick === null ? undefined : players[pick];
  if (stage === "playing") return `${prompt ?? ""}. ${isJudge ? "You judge." : `${does(judge ?? "", "judge")}.`}`;
  if (stage === "judging") return `On the table: ${table.map(({ text }) => text).join(". ")}`;
  return best ? `${does(best, "win")} this round: ${table[pick ?? 0]?.text ?? ""}` : "";
}
