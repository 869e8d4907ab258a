/** Points of somebody. */
export interface Score {
  readonly who: string;
  readonly points: number;
}

export interface Plan {
  readonly game: string;
  readonly rules: number;
  readonly deck: string;
  readonly cards: string;
  readonly rounds: number;
}

/** How a game ended, with the secret that the host had promised. */
export interface Ended {
  readonly why: "finished" | "too_few" | "lapsed";
  readonly scores: readonly Score[];
  readonly secret: string;
  readonly link: string;
}

export interface TriviaView {
  readonly is: "trivia";
  readonly stage: "ready" | "open" | "shown";
  readonly number: number;
  readonly of: number;
  readonly text: string | null;
  readonly choices: readonly string[];
  readonly answered: readonly string[];
  readonly mine: number | null;
  readonly right: number | null;
  readonly note: string | null;
  readonly gains: readonly { readonly who: string; readonly choice: number; readonly points: number }[];
}

export interface HeadsUpView {
  readonly is: "heads_up";
  readonly lap: number;
  readonly of: number;
  readonly guesser: string | null;
  readonly is_running: boolean;
  readonly number: number;
  /** What is on the card; null for who guesses. */
  readonly text: string | null;
  readonly cards: readonly { readonly number: number; readonly text: string; readonly is_right: boolean | null }[];
  readonly order: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A piece of a line: `goes` on where the last one ended. */
export interface Stroke {
  readonly ink: number;
  readonly width: number;
  readonly points: readonly Point[];
  readonly goes: boolean;
}

export interface QuickDrawView {
  readonly is: "quick_draw";
  readonly stage: "shown" | "choosing" | "drawing";
  readonly lap: number;
  readonly of: number;
  readonly drawer: string | null;
  readonly choices: readonly string[];
  readonly word: string | null;
  readonly pattern: string | null;
  readonly strokes: readonly Stroke[];
  readonly in: readonly string[];
  readonly guessed: readonly string[];
  readonly gains: readonly Score[];
  readonly order: readonly string[];
}

export interface Card {
  readonly number: number;
  readonly text: string;
}

export interface PotluckView {
  readonly is: "potluck";
  readonly stage: "shown" | "playing" | "judging";
  readonly number: number;
  readonly of: number;
  readonly judge: string | null;
  readonly prompt: string | null;
  readonly hand: readonly Card[];
  readonly mine: number | null;
  readonly played: readonly string[];
  readonly table: readonly Card[];
  readonly pick: number | null;
  readonly players: readonly string[];
  readonly order: readonly string[];
}

export type GameView = TriviaView | HeadsUpView | QuickDrawView | PotluckView;

/** The table of a room as somebody may see it. */
export interface TableView {
  readonly phase: "empty" | "gathering" | "unsealing" | "playing" | "over";
  readonly number: number;
  readonly plan: Plan | null;
  readonly commitment: string;
  readonly seats: readonly string[];
  readonly shown: readonly string[];
  /** When something happens by itself. */
  readonly due: number | null;
  readonly play: GameView | null;
  readonly scores: readonly Score[];
  readonly ended: Ended | null;
  readonly index: number;
  readonly link: string;
}

/** What who draws does to the sheet. */
export type Drawing =
  { readonly is: "quick_draw.draw"; readonly stroke: Stroke } | { readonly is: "quick_draw.undo" | "quick_draw.wipe" };

/** What somebody does in a game. */
export type Move =
  | { readonly is: "trivia.answer"; readonly choice: number }
  | { readonly is: "heads_up.ready" }
  | Drawing
  | { readonly is: "heads_up.got" | "heads_up.pass" | "potluck.put"; readonly card: number }
  | { readonly is: "quick_draw.choose" | "potluck.pick"; readonly index: number }
  | { readonly is: "quick_draw.guess"; readonly text: string };

/** What somebody wants at the table. */
export type TableCommand =
  | { readonly is: "offer"; readonly game: string; readonly deck: string; readonly rounds: number }
  | { readonly is: "again" | "get_up" | "begin" }
  | { readonly is: "sit"; readonly seal: string | null }
  | { readonly is: "unseal"; readonly contribution: string }
  | { readonly is: "make"; readonly move: Move };

/** A value as the host writes it down: what digests are taken over. */
export type Datum = null | boolean | number | string | readonly Datum[] | { readonly [name: string]: Datum };

export interface LogEntry {
  readonly entry: { readonly by: string; readonly at: number; readonly what: { readonly [name: string]: Datum } };
  readonly link: string;
}

/** The log of a game that has ended, and what the host says of it. */
export interface GameLog {
  readonly log: readonly LogEntry[];
  readonly verdict: { readonly is: string; readonly rule?: string; readonly index?: number };
}
