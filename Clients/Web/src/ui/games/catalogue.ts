import type { Plan } from "../../wire/games.js";

export interface DeckInfo {
  readonly name: string;
  readonly title: string;
  readonly emoji: string;
}

export interface GameInfo {
  readonly name: string;
  readonly title: string;
  readonly emoji: string;
  readonly line: string;
  readonly least: number;
  readonly most: number;
  /** What one may choose of. */
  readonly rounds: readonly number[];
  readonly usual: number;
  /** What a round is, to people. */
  readonly per: readonly [string, string];
  readonly decks: readonly DeckInfo[];
}

const words: readonly DeckInfo[] = [
  { name: "everyday", title: "Everyday things", emoji: "☂️" },
  { name: "wild-things", title: "Animals and plants", emoji: "🦒" },
  { name: "doings", title: "Doings and occasions", emoji: "🎉" },
];

const each = ["turn each", "turns each"] as const;

export const games: readonly GameInfo[] = [
  {
    ...{ name: "trivia", title: "Trivia", emoji: "💡", line: "Four answers, twenty seconds. Quick counts." },
    ...{ least: 2, most: 16, rounds: [3, 5, 10, 20], usual: 5, per: ["question", "questions"] },
    decks: [
      { name: "kitchen-science", title: "Kitchen science", emoji: "🍌" },
      { name: "creatures", title: "Curious creatures", emoji: "🐙" },
      { name: "wide-world", title: "The wide world", emoji: "🌍" },
      { name: "stories-and-sounds", title: "Stories and sounds", emoji: "🎻" },
    ],
  },
  {
    ...{ name: "heads_up", title: "Heads-up", emoji: "🙈", line: "You guess the card that all the others see." },
    ...{ least: 2, most: 16, rounds: [1, 2, 3, 4], usual: 1, per: each },
    decks: words,
  },
  {
    ...{ name: "quick_draw", title: "Quick draw", emoji: "✏️", line: "One draws a word, the others say what it is." },
    ...{ least: 2, most: 16, rounds: [1, 2, 3], usual: 1, per: each },
    decks: words,
  },
  {
    ...{ name: "potluck", title: "Potluck", emoji: "🥘", line: "Bring the card that fits best, or worst." },
    ...{ least: 3, most: 8, rounds: [3, 5, 8, 12], usual: 5, per: ["round", "rounds"] },
    decks: [{ name: "potluck", title: "Potluck for everybody", emoji: "🥘" }],
  },
];

export const gameOf = (name: string): GameInfo | undefined => games.find((one) => one.name === name);

/** "Trivia: kitchen science", and what stands for it. */
export function titleOf({ game, deck }: Plan): { readonly title: string; readonly emoji: string } {
  const info = gameOf(game);
  const found = info?.decks.find((one) => one.name === deck);
  const title = found?.title ?? deck.replaceAll("-", " ");
  const lowered = title.charAt(0).toLowerCase() + title.slice(1);
  const isOnly = info?.decks.length === 1;
  return { title: isOnly ? info.title : `${info?.title ?? game}: ${lowered}`, emoji: found?.emoji ?? "🎲" };
}
