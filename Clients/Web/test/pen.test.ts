import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Pen } from "../src/ui/games/pen.js";
import type { Drawing, Stroke } from "../src/wire/games.js";

let sent: Drawing[];
let answer: ((isSent: boolean) => void) | null;
let pen: Pen;

const passes = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const told = (): string[] =>
  sent.map((move) =>
    move.is === "quick_draw.draw"
      ? `${move.stroke.points.length}${move.stroke.goes ? " goes" : ""}`
      : move.is.slice(11),
  );

/** Answers what is on its way, if something is. */
async function answered(isSent = true): Promise<void> {
  answer?.(isSent);
  answer = null;
  await passes();
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answer = null;
  const send = (move: Drawing): Promise<boolean> => {
    sent.push(move);
    return new Promise((done) => (answer = done));
  };
  pen = new Pen([], send, () => undefined);
});

afterEach(() => pen.stop());

const drawLine = (from: number, count: number): void => {
  for (let at = 0; at < count; at++) pen.move({ x: from + 30 * at, y: 100 });
};

it("sends a line in pieces, one after the other, and what came meanwhile with the next", async () => {
  pen.down({ x: 0, y: 100 });
  await passes(170);
  expect(told()).toEqual(["1"]);
  drawLine(30, 5);
  await passes(170);
  drawLine(180, 5);
  await passes(170);
  expect(told()).toEqual(["1"]);
  await answered();
  expect(told()).toEqual(["1", "10 goes"]);
  expect(pen.strokes.map(({ points }) => points.length)).toEqual([1, 5, 5]);
});

it("begins another line where the pen was lifted", async () => {
  pen.down({ x: 0, y: 0 });
  pen.up();
  pen.ink = 3;
  pen.width = 150;
  pen.down({ x: 500, y: 0 });
  pen.up();
  await answered();
  await answered();
  const strokes = sent.map((move) => (move as { stroke: Stroke }).stroke);
  expect(strokes.map(({ ink, width, goes }) => [ink, width, goes])).toEqual([
    [0, 24, false],
    [3, 150, false],
  ]);
});

it("keeps within the sheet, passes over what looks the same, and gives no piece more than 64 points", async () => {
  pen.down({ x: -40, y: 5000 });
  expect(pen.all()[0]?.points).toEqual([{ x: 0, y: 4095 }]);
  pen.move({ x: 3, y: 4095 });
  expect(pen.all()[0]?.points.length).toBe(1);
  drawLine(30, 130);
  pen.up();
  for (let count = 0; count < 4; count++) await answered();
  expect(told()).toEqual(["64", "64 goes", "3 goes"]);
});

it("takes a whole line back with all its pieces, and wipes the sheet once", async () => {
  pen.down({ x: 0, y: 0 });
  pen.up();
  pen.down({ x: 900, y: 0 });
  await passes(170);
  pen.move({ x: 1200, y: 0 });
  pen.undo();
  expect(pen.strokes.length).toBe(1);
  pen.wipe();
  pen.wipe();
  pen.undo();
  expect(pen.strokes).toEqual([]);
  for (let count = 0; count < 6; count++) await answered();
  expect(told()).toEqual(["1", "2", "undo", "wipe"]);
});

it("sends nothing any more once the turn is over", async () => {
  pen.down({ x: 0, y: 0 });
  pen.up();
  pen.down({ x: 900, y: 0 });
  pen.up();
  pen.stop();
  await answered();
  await passes(1000);
  expect(told()).toEqual(["1"]);
});
