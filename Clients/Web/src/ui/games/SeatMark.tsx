import { table } from "../../app/table.js";
import type { GameView, TableView } from "../../wire/games.js";
import { Check } from "./parts.js";

interface Mark {
  readonly text: string;
  readonly isDone?: boolean;
}

/** At somebody's place: what they do in the game, and their points. */
export function SeatMark({ person }: { person: string }) {
  const view = table.value;
  if (!view || !["gathering", "unsealing", "playing"].includes(view.phase) || !view.seats.includes(person)) return null;
  const mark = markOf(view, person);
  const points = view.scores.find(({ who }) => who === person)?.points;
  return (
    <>
      {mark && (
        <span class={mark.isDone ? "seat-mark done" : "seat-mark"}>
          {mark.isDone && <Check />}
          <span class="seat-mark-text">{mark.text}</span>
        </span>
      )}
      {view.play && points !== undefined && (
        <span class="seat-points">
          {points}
          <span class="sr-only"> points</span>
        </span>
      )}
    </>
  );
}

function markOf(view: TableView, person: string): Mark | null {
  return view.play ? inGame(view.play, person) : { text: "Plays", isDone: true };
}

function inGame(game: GameView, person: string): Mark | null {
  switch (game.is) {
    case "trivia":
      if (game.stage !== "open") return null;
      return game.answered.includes(person) ? { text: "Answered", isDone: true } : { text: "Thinking…" };
    case "heads_up":
      return game.guesser === person ? { text: game.is_running ? "Guessing…" : "Next" } : null;
    case "quick_draw":
      if (game.drawer === person && game.stage !== "shown")
        return { text: game.stage === "choosing" ? "Choosing…" : "Drawing…" };
      if (game.guessed.includes(person)) return { text: "Got it", isDone: true };
      return game.stage === "drawing" && game.in.includes(person) ? { text: "Guessing…" } : null;
    case "potluck":
      if (game.judge === person && game.stage !== "shown") return { text: "Judge" };
      if (game.stage !== "playing") return null;
      return game.played.includes(person) ? { text: "Card is in", isDone: true } : { text: "Choosing…" };
  }
}
