import type {
  GameView,
  HeadsUpView,
  PotluckView,
  QuickDrawView,
  Stroke,
  TableView,
  TriviaView,
} from "../../../src/wire/games.js";

export const seats = ["mia", "noor", "tomas", "yuki"];

const points: Readonly<Record<string, number>> = { yuki: 420, noor: 390, mia: 310, tomas: 250 };

const decks: Readonly<Record<string, string>> = { trivia: "kitchen-science", potluck: "potluck" };

/** A table at which something is due in some seconds. */
export const tableOf = (game: string, left: number | null, more: Partial<TableView> = {}): TableView => ({
  phase: "playing",
  number: 3,
  plan: { game, rules: 1, deck: decks[game] ?? "everyday", cards: "c".repeat(64), rounds: 5 },
  commitment: "a".repeat(64),
  seats,
  shown: seats,
  due: left === null ? null : Date.now() + left * 1000,
  play: null,
  scores: seats.map((who) => ({ who, points: points[who] ?? 0 })),
  ended: null,
  index: 12,
  link: "b".repeat(64),
  ...more,
});

export const playing = (play: GameView, left: number, more: Partial<TableView> = {}): TableView =>
  tableOf(play.is, left, { play, ...more });

export const trivia = (more: Partial<TriviaView> = {}): TriviaView => ({
  is: "trivia",
  stage: "open",
  number: 3,
  of: 5,
  text: "To a botanist, which one of these is truly a berry?",
  choices: ["Strawberry", "Raspberry", "Banana", "Cherry"],
  answered: ["yuki"],
  mine: null,
  right: null,
  note: null,
  gains: [],
  ...more,
});

export const shownTrivia = trivia({
  stage: "shown",
  answered: seats,
  mine: 2,
  right: 2,
  note: "It grows from one ovary, and its seeds are inside. A strawberry’s are not.",
  gains: [
    { who: "mia", choice: 0, points: 0 },
    { who: "noor", choice: 2, points: 164 },
    { who: "tomas", choice: 0, points: 0 },
    { who: "yuki", choice: 2, points: 187 },
  ],
});

export const headsUp = (more: Partial<HeadsUpView> = {}): HeadsUpView => ({
  is: "heads_up",
  lap: 1,
  of: 2,
  guesser: "mia",
  is_running: true,
  number: 4,
  text: "hot-water bottle",
  cards: [
    { number: 1, text: "umbrella", is_right: true },
    { number: 2, text: "toothbrush", is_right: true },
    { number: 3, text: "escalator", is_right: false },
  ],
  order: seats,
  ...more,
});

const line = (ink: number, width: number, ...points: readonly (readonly [number, number])[]): Stroke => ({
  ...{ ink, width, goes: false },
  points: points.map(([x, y]) => ({ x, y })),
});

const round = (x: number, y: number, r: number, n = 24): (readonly [number, number])[] =>
  Array.from({ length: n + 1 }, (_, at) => {
    const turn = (at / n) * 2 * Math.PI;
    return [Math.round(x + r * Math.cos(turn)), Math.round(y + r * 1.33 * Math.sin(turn))];
  });

/** A teapot, more or less. */
export const drawing: readonly Stroke[] = [
  line(4, 64, ...round(2000, 2300, 900)),
  line(4, 64, [2850, 2000], [3300, 1700], [3500, 1300]),
  line(4, 64, ...round(1000, 2300, 380, 16)),
  line(1, 150, [1700, 1000], [2300, 1000]),
  line(0, 24, [3550, 1100], [3600, 800], [3500, 600], [3600, 350]),
];

export const quickDraw = (more: Partial<QuickDrawView> = {}): QuickDrawView => ({
  is: "quick_draw",
  stage: "drawing",
  lap: 1,
  of: 1,
  drawer: "yuki",
  choices: [],
  word: null,
  pattern: "___ ______",
  strokes: drawing,
  in: ["mia", "noor", "tomas"],
  guessed: ["mia"],
  gains: [],
  order: seats,
  ...more,
});

const hand = [
  ...["A very small dragon", "Ten thousand bees, all of them nice", "The wrong suitcase", "Breakfast in bed"],
  ...["Somebody else’s homework", "A letter that comes ninety years late", "Soup"],
].map((text, at) => ({ number: 20 + at, text }));

export const potluck = (more: Partial<PotluckView> = {}): PotluckView => ({
  is: "potluck",
  stage: "playing",
  number: 2,
  of: 5,
  judge: "mia",
  prompt: "The first thing robots will do when nobody is looking",
  hand,
  mine: null,
  played: ["yuki"],
  table: [],
  pick: null,
  players: [],
  order: seats,
  ...more,
});

export const laid = potluck({
  stage: "judging",
  hand: [],
  played: ["noor", "tomas", "yuki"],
  table: [
    { number: 21, text: "Ten thousand bees, all of them nice" },
    { number: 40, text: "Complain about the weather" },
    { number: 26, text: "Soup" },
  ],
});
