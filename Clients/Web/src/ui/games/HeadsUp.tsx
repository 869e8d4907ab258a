import { isSeated, make } from "../../app/table.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { HeadsUpView } from "../../wire/games.js";
import { Face } from "../Face.js";
import { Check, Head, Scores, Trouble, useSaid, type Playing } from "./parts.js";
import { useKeys } from "./useKeys.js";
import { does, whom } from "./words.js";

const lasts = { ready: 15_000, turn: 60_000 } as const;

/** One guesses the card that all the others see. */
export function HeadsUp({ view, game }: Playing<HeadsUpView>) {
  const { guesser, is_running: isRunning, lap, of, number, text } = game;
  const isMine = guesser === me.value;
  const act = actOf(game, isMine);
  useKeys(act ? [act.does] : []);
  useSaid(saidOf(game, isMine));
  const turn = `${does(guesser ?? "", "guess")}${of > 1 ? ` · lap ${Math.max(lap, 1)} of ${of}` : ""}`;
  return (
    <>
      <Head view={view} under={guesser ? turn : "The next turn comes"} lasts={isRunning ? lasts.turn : lasts.ready} />
      <div class="stage" key={isRunning ? number : "ready"}>
        {isRunning ? (
          <div class={isMine ? "big-card hidden-word" : "big-card"}>
            <p class="big-word">{isMine ? "?" : (text ?? "…")}</p>
            <p>
              {isMine
                ? "Listen, and say what it is. They see it; you don’t."
                : `Explain it to ${nameOf(guesser ?? "")}. Don’t say the word.`}
            </p>
          </div>
        ) : (
          <Waiting guesser={guesser} isMine={isMine} />
        )}
      </div>
      {act && (
        <button
          type="button"
          class={`button game-act ${isRunning ? (isMine ? "quiet" : "action") : "lamp"}`}
          onClick={act.does}
        >
          <kbd aria-hidden="true">1</kbd> {act.words}
        </button>
      )}
      <Trouble />
      <Marked game={game} />
      <Scores view={view} />
    </>
  );
}

function actOf({ guesser, is_running: isRunning, number }: HeadsUpView, isMine: boolean) {
  if (!guesser || !isSeated.value) return null;
  if (!isRunning) return isMine ? { words: "I’m ready", does: () => void make({ is: "heads_up.ready" }) } : null;
  return isMine
    ? { words: "Pass", does: () => void make({ is: "heads_up.pass", card: number }) }
    : { words: `Got it! ${nameOf(guesser)} said it`, does: () => void make({ is: "heads_up.got", card: number }) };
}

const Waiting = ({ guesser, isMine }: { guesser: string | null; isMine: boolean }) => (
  <div class="waiting-turn">
    {guesser && <Face person={guesser} size={84} />}
    <p class="game-big">{isMine ? "Your turn to guess" : guesser ? `${nameOf(guesser)} guesses next` : "And on…"}</p>
    <p>
      {isMine
        ? "The others see a card and explain it. You have a minute, and a point for each you get."
        : "A card will stand here. Explain it without saying it."}
    </p>
  </div>
);

/** The cards of this turn, or of the last one, that are out of play. */
function Marked({ game: { cards } }: { game: HeadsUpView }) {
  if (cards.length === 0) return null;
  return (
    <ul class="marked" aria-label="Cards so far" tabIndex={0}>
      {cards.toReversed().map(({ number, text, is_right }) => (
        <li key={number} class={is_right ? "got" : ""}>
          {is_right && <Check />}
          {text}
          <span class="sr-only">{is_right ? ", guessed" : is_right === null ? ", time was up" : ", passed"}</span>
        </li>
      ))}
    </ul>
  );
}

function saidOf({ guesser, is_running: isRunning, text }: HeadsUpView, isMine: boolean): string {
  if (!guesser) return "";
  if (!isRunning)
    return isMine ? "Your turn to guess. Press 1 when you are ready." : `${nameOf(guesser)} guesses next.`;
  return isMine ? "Guess. Press 1 to pass." : `Explain to ${whom(guesser)}: ${text ?? ""}`;
}
