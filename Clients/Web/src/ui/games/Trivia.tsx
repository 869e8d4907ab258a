import { useEffect, useState } from "preact/hooks";
import { isSeated, make } from "../../app/table.js";
import { nameOf } from "../../app/words.js";
import type { TriviaView } from "../../wire/games.js";
import { Face } from "../Face.js";
import { Check, Head, Scores, Trouble, useSaid, type Playing } from "./parts.js";
import { useKeys } from "./useKeys.js";

const lasts = { ready: 3_000, open: 20_000, shown: 6_000 } as const;

/** A question to all, and four answers. */
export function Trivia({ view, game }: Playing<TriviaView>) {
  const { stage, number, of, text, choices, answered, right, note } = game;
  // What one chose stands there at once; the host may still say that it was too late.
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => setChosen(null), [number]);
  const mine = game.mine ?? chosen;
  const isOpen = stage === "open" && isSeated.value;
  const answer = async (choice: number): Promise<void> => {
    if (!isOpen || mine !== null || choice >= choices.length) return;
    setChosen(choice);
    if (!(await make({ is: "trivia.answer", choice }))) setChosen(null);
  };
  useKeys(choices.map((_, choice) => () => void answer(choice)));
  useSaid(saidOf(game));
  return (
    <>
      <Head view={view} under={number === 0 ? `${of} questions` : `Round ${number} of ${of}`} lasts={lasts[stage]} />
      {text === null ? (
        <p class="game-big">Ready? The first question comes in a moment.</p>
      ) : (
        <>
          <h3 class="question" key={number}>
            {text}
          </h3>
          <ol class="answers" aria-label="Answers">
            {choices.map((one, choice) => (
              <Answer
                key={`${number} ${choice}`}
                {...{ text: one, choice, game, mine, isOpen: isOpen && mine === null }}
                onChoose={() => void answer(choice)}
              />
            ))}
          </ol>
        </>
      )}
      <Trouble />
      {stage === "shown" && <p class="game-note">{note ?? sumOf(game)}</p>}
      <Scores
        view={view}
        gains={new Map(stage === "shown" ? game.gains.map(({ who, points }) => [who, points]) : [])}
        done={right === null ? answered : []}
      />
    </>
  );
}

interface AnswerProps {
  text: string;
  choice: number;
  game: TriviaView;
  mine: number | null;
  isOpen: boolean;
  onChoose: () => void;
}

function Answer({ text, choice, game: { right, gains }, mine, isOpen, onChoose }: AnswerProps) {
  const isMine = choice === mine;
  const isRight = choice === right;
  const how = right === null ? (isMine ? " mine" : "") : isRight ? " right" : isMine ? " wrong" : " faded";
  const takers = gains.filter((gain) => gain.choice === choice);
  return (
    <li>
      <button
        type="button"
        class={`answer${how}`}
        aria-disabled={!isOpen}
        aria-pressed={right === null ? isMine : undefined}
        onClick={onChoose}
      >
        <span class="answer-key" aria-hidden="true">
          {isRight ? <Check /> : choice + 1}
        </span>
        <span class="answer-text">{text}</span>
        {right !== null && takers.length > 0 && (
          <span class="takers">
            <span class="sr-only">, chosen by {takers.map(({ who }) => nameOf(who)).join(", ")}</span>
            {takers.map(({ who }) => (
              <Face key={who} person={who} size={26} />
            ))}
          </span>
        )}
        {right === null && isMine && <small>Your answer</small>}
        {isRight && <small>Right</small>}
      </button>
    </li>
  );
}

function sumOf({ gains, right }: TriviaView): string {
  const knew = gains.filter(({ choice }) => choice === right).length;
  return knew === 0 ? "Nobody knew. Now everybody does." : knew === gains.length ? "Everybody knew!" : "";
}

function saidOf({ stage, number, of, text, choices, right, mine, note }: TriviaView): string {
  if (stage === "open")
    return `Question ${number} of ${of}: ${text} ${choices.map((one, n) => `${n + 1}, ${one}`).join(". ")}`;
  if (stage !== "shown" || right === null) return "";
  const how = mine === null ? "" : mine === right ? "You had it. " : "Not yours. ";
  return `${how}It is: ${choices[right] ?? ""}. ${note ?? ""}`;
}
