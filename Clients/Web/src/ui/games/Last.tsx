import type { GameView } from "../../wire/games.js";
import { does } from "./words.js";

/** How the last round came out: the game is over with it, so that it is shown nowhere else. */
export function Last({ game }: { game: GameView }) {
  const line = lineOf(game);
  return line ? <p class="game-note centred">{line}</p> : null;
}

function lineOf(game: GameView): string {
  switch (game.is) {
    case "trivia":
      return game.right === null ? "" : `The last answer was: ${game.choices[game.right] ?? ""}. ${game.note ?? ""}`;
    case "heads_up": {
      const last = game.cards.at(-1);
      return last ? `The last card was: ${last.text}.` : "";
    }
    case "quick_draw":
      return game.word ? `The last word was: ${game.word}.` : "";
    case "potluck": {
      const best = game.pick === null ? undefined : game.players[game.pick];
      return best ? `${does(best, "win")} the last round with: ${game.table[game.pick ?? 0]?.text ?? ""}.` : "";
    }
  }
}
