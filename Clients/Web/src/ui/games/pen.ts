import type { Drawing, Point, Stroke } from "../../wire/games.js";

/** The last point of a sheet in either direction, and the most points of one piece. */
export const size = 4095;
const mostPoints = 64;

// Points nearer than this look the same, and a piece each sixth of a second is enough to see somebody draw.
const apart = 20;
const pieceEvery = 160;

export const inks = ["#2b1a2f", "#c4401a", "#e8a400", "#23704a", "#1c5fd4", "#7a3e92", "#8a4b22", "#f3a6b5"] as const;
export const inkNames = ["Black", "Red", "Yellow", "Green", "Blue", "Violet", "Brown", "Pink"] as const;
export const widths = [24, 64, 150] as const;
export const widthNames = ["Fine", "Middle", "Broad"] as const;

const within = (value: number): number => Math.min(size, Math.max(0, Math.round(value)));

/**
 * Somebody's pen: what they draw stands on their sheet at once, and is sent in pieces, one after the other. What is
 * drawn while one is on its way goes with the next.
 */
export class Pen {
  /** What is on the sheet. */
  strokes: readonly Stroke[];
  ink = 0;
  width: number = widths[0];
  private waiting: Drawing[] = [];
  private fresh: Point[] = [];
  private last: Point | null = null;
  private isOn = false;
  private isSending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    strokes: readonly Stroke[],
    private readonly send: (move: Drawing) => Promise<boolean>,
    private readonly changed: () => void,
  ) {
    this.strokes = strokes;
  }

  down(point: Point): void {
    this.up();
    this.last = null;
    this.add(point);
  }

  move(point: Point): void {
    const { last } = this;
    if (last && Math.hypot(point.x - last.x, point.y - last.y) >= apart) this.add(point);
  }

  /** The line ends here. */
  up(): void {
    this.flush();
    this.isOn = false;
    this.last = null;
  }

  get isDown(): boolean {
    return this.last !== null;
  }

  undo(): void {
    this.up();
    const start = this.strokes.findLastIndex(({ goes }) => !goes);
    if (start < 0) return;
    this.strokes = this.strokes.slice(0, start);
    this.post({ is: "quick_draw.undo" });
  }

  wipe(): void {
    this.up();
    if (this.strokes.length === 0) return;
    this.strokes = [];
    this.post({ is: "quick_draw.wipe" });
  }

  /** What is not sent yet is not to be sent any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.waiting = [];
    this.fresh = [];
  }

  private add({ x, y }: Point): void {
    const point = { x: within(x), y: within(y) };
    this.last = point;
    this.fresh.push(point);
    if (this.fresh.length >= mostPoints) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), pieceEvery);
    this.changed();
  }

  /** All that is on the sheet, with what is drawn just now. */
  all(): readonly Stroke[] {
    return this.fresh.length === 0 ? this.strokes : [...this.strokes, this.piece()];
  }

  private piece = (): Stroke => ({ ink: this.ink, width: this.width, points: this.fresh, goes: this.isOn });

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.fresh.length === 0) return;
    const stroke = this.piece();
    this.strokes = [...this.strokes, stroke];
    this.fresh = [];
    this.isOn = true;
    this.post({ is: "quick_draw.draw", stroke });
  }

  private post(move: Drawing): void {
    const before = this.waiting.at(-1);
    const joined = before && joinedOf(before, move);
    this.waiting = joined ? [...this.waiting.slice(0, -1), joined] : [...this.waiting, move];
    this.changed();
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) await this.send(next);
    this.isSending = false;
  }
}

// A piece that waits takes up the next of the same line.
function joinedOf(before: Drawing, move: Drawing): Drawing | null {
  if (before.is !== "quick_draw.draw" || move.is !== "quick_draw.draw" || !move.stroke.goes) return null;
  const points = [...before.stroke.points, ...move.stroke.points];
  return points.length <= mostPoints ? { ...before, stroke: { ...before.stroke, points } } : null;
}

/** Puts what is on a sheet onto a canvas. */
export function paint(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  context.lineCap = context.lineJoin = "round";
  let last: Point | undefined;
  for (const { ink, width: thick, points, goes } of strokes) {
    const from = goes && last ? [last, ...points] : points;
    context.strokeStyle = inks[ink % inks.length] as string;
    context.lineWidth = Math.max(1, (thick / size) * width);
    context.beginPath();
    for (const [at, { x, y }] of from.entries()) {
      const [left, top] = [(x / size) * width, (y / size) * height];
      if (at === 0) context.moveTo(left, top);
      // A line of one point is a dot.
      if (at > 0 || from.length === 1) context.lineTo(left, top);
    }
    context.stroke();
    last = points.at(-1);
  }
}
