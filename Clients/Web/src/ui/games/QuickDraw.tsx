import { useEffect, useRef, useState } from "preact/hooks";
import { isSeated, make } from "../../app/table.js";
import { me } from "../../app/state.js";
import { listed, nameOf, youOr } from "../../app/words.js";
import type { QuickDrawView } from "../../wire/games.js";
import { Face } from "../Face.js";
import { Head, Scores, Trouble, useSaid, type Playing } from "./parts.js";
import { Drawn, Shown } from "./Sheet.js";
import { useKeys } from "./useKeys.js";
import { does } from "./words.js";

const lasts = { choosing: 15_000, drawing: 80_000, shown: 6_000 } as const;

/** One draws a word, the others say what it is. */
export function QuickDraw({ view, game }: Playing<QuickDrawView>) {
  const { stage, drawer, lap, of, word, gains } = game;
  const isMine = drawer === me.value;
  useSaid(saidOf(game, isMine));
  const turn = drawer ? does(drawer, "draw") : "The first turn comes";
  const under = of > 1 ? `${turn} · lap ${Math.max(lap, 1)} of ${of}` : turn;
  return (
    <>
      <Head view={view} under={under} lasts={lasts[stage]} />
      {stage === "choosing" && <Choosing game={game} isMine={isMine} />}
      {stage === "drawing" && (isMine ? <Drawing game={game} /> : <Guessing game={game} />)}
      {stage === "shown" && drawer && (
        <>
          <p class="told" key={word}>
            {word ? (
              <>
                It was <b>{word}</b>
              </>
            ) : (
              "No word was taken"
            )}
          </p>
          <Shown strokes={game.strokes} drawer={nameOf(drawer)} />
        </>
      )}
      <Trouble />
      <Scores
        view={view}
        gains={new Map(stage === "shown" ? gains.map(({ who, points }) => [who, points]) : [])}
        done={game.guessed}
      />
    </>
  );
}

function Choosing({ game: { choices, drawer }, isMine }: { game: QuickDrawView; isMine: boolean }) {
  const choose = (index: number): void => void make({ is: "quick_draw.choose", index });
  useKeys(isMine ? choices.map((_, index) => () => choose(index)) : []);
  if (!isMine)
    return (
      <div class="waiting-turn">
        {drawer && <Face person={drawer} size={84} />}
        <p class="game-big">{nameOf(drawer ?? "")} chooses a word…</p>
        <p>Say what it is as soon as you see it.</p>
      </div>
    );
  return (
    <>
      <p class="game-big">Which one will you draw?</p>
      <ol class="answers choices" aria-label="Words">
        {choices.map((word, index) => (
          <li key={word}>
            <button type="button" class="answer" onClick={() => choose(index)}>
              <span class="answer-key" aria-hidden="true">
                {index + 1}
              </span>
              <span class="answer-text">{word}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

const Drawing = ({ game: { word, strokes, guessed } }: { game: QuickDrawView }) => (
  <>
    <p class="told">
      Draw <b>{word}</b>
      {guessed.length > 0 && <small>{listed(guessed.map((who) => youOr(who)))} got it</small>}
    </p>
    <Drawn strokes={strokes} word={word ?? ""} />
  </>
);

function Guessing({ game }: { game: QuickDrawView }) {
  const { word, pattern, strokes, drawer, guessed } = game;
  const hasIt = guessed.includes(me.value);
  return (
    <>
      {hasIt && word ? (
        <p class="told got">
          You got it: <b>{word}</b>
        </p>
      ) : (
        <Pattern pattern={pattern ?? ""} />
      )}
      <Shown strokes={strokes} drawer={nameOf(drawer ?? "")} />
      {!hasIt && isSeated.value && game.in.includes(me.value) && <Guess drawer={drawer ?? ""} />}
    </>
  );
}

/** The word with a place for each letter. */
function Pattern({ pattern }: { pattern: string }) {
  const lengths = pattern.split(" ").map((word) => `${word.replaceAll(/[^_]/g, "").length}`);
  return (
    <p class="pattern">
      <span class="sr-only">A word of {lengths.join(" and ")} letters</span>
      {[...pattern].map((letter, at) => (
        <span key={at} class={letter === "_" ? "letter" : "sign"} aria-hidden="true">
          {letter === "_" ? "" : letter}
        </span>
      ))}
    </p>
  );
}

const longest = 60;
const shownTries = 6;

function Guess({ drawer }: { drawer: string }) {
  const [text, setText] = useState("");
  const [tries, setTries] = useState<readonly string[]>([]);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Whoever writes elsewhere goes on there.
    const at = document.activeElement;
    if (!at || at.matches('body, [tabindex="-1"]') || at.closest(".game")) box.current?.focus();
  }, []);
  const guess = async (event: Event): Promise<void> => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return;
    setText("");
    if (await make({ is: "quick_draw.guess", text: said })) setTries((all) => [said, ...all].slice(0, shownTries));
    else setText((now) => now || said);
    box.current?.focus();
  };
  return (
    <form class="guess" onSubmit={(event) => void guess(event)}>
      <input
        ref={box}
        value={text}
        maxLength={longest}
        autocomplete="off"
        placeholder={`What does ${nameOf(drawer)} draw?`}
        aria-label="Your guess"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button action">
        Guess
      </button>
      {tries.length > 0 && (
        <p class="tries" role="status">
          Not {tries[0]}.{tries.length > 1 && <span> Nor {tries.slice(1).join(", ")}.</span>}
        </p>
      )}
    </form>
  );
}

function saidOf({ stage, drawer, word, guessed }: QuickDrawView, isMine: boolean): string {
  if (stage === "choosing") return isMine ? "Choose a word to draw." : "";
  if (stage === "shown") return word ? `It was ${word}.` : "";
  if (guessed.includes(me.value)) return `You got it: ${word ?? ""}`;
  return isMine ? `Draw ${word ?? ""}.` : `${does(drawer ?? "", "draw")}. Say what it is.`;
}
