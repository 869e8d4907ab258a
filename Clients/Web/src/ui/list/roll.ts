import { finder, type Keyed } from "./finder.js";
import { offsetFor, type Goal } from "./goal.js";
import { Places } from "./places.js";
import { Stage, type Elements } from "./stage.js";

/** How much is drawn beyond what is seen: where it comes from, while it stands, and where it goes to. */
const beyond = [250, 500, 750];
const stillAfter = 150;

/**
 * A list of which only what is near is drawn. A row's height is known once it was drawn, and that never moves what is
 * read: what is new above hangs from below, what is new below stands under what is there. So the browser lays out once
 * a frame. What was thought wrongly of heights gathers in `shift`, and is made good where it costs nothing.
 */
export class Roll<Row extends Keyed> {
  start = 0;
  end = 0;
  draw: () => void = () => {};
  onScroll: () => void = () => {};
  onStill: () => void = () => {};
  onResize: () => void = () => {};
  onFound: () => void = () => {};
  private rows: readonly Row[] = [];
  private readonly places: Places<Row>;
  private stage: Stage | null = null;
  private shift = 0;
  private height = 0;
  private lastTop = 0;
  private direction = 0;
  private hangs = false;
  /** Whether something was drawn whose height nobody has looked at, and is to be drawn that is not there yet. */
  private isFresh = false;
  private isAsked = false;
  private hasToSettle = false;
  /** Whether the rows are others since it was drawn. */
  private isTaken = false;
  goal: Goal | null = null; // The row that it is on its way to.
  private scrolledAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(guess: (row: Row, width: number) => number) {
    this.places = new Places((row) => guess(row, this.stage?.width ?? 0));
  }

  /** How far from the start it is scrolled. */
  get offset(): number {
    return this.lastTop - this.shift;
  }

  get size(): number {
    return this.places.total;
  }

  get viewport(): number {
    return this.stage?.viewport ?? 0;
  }

  indexAt(offset: number): number {
    return this.places.at(offset);
  }

  /** How far from where the drawn ones begin or end a row stands that is kept though it is not near. */
  away(index: number): number {
    const { places, start, end } = this;
    return index < start ? places.top(index + 1) - places.top(start) : places.top(index) - places.top(end);
  }

  attach(elements: Elements): () => void {
    this.stage = new Stage(elements);
    this.look();
    const stop = this.stage.listen({ scrolled: () => this.scrolled(), resized: () => this.resized() });
    return () => {
      stop();
      clearTimeout(this.timer);
      this.stage = null;
    };
  }

  /** Other rows: what is read stays where it is, as long as it is among them. */
  take(rows: readonly Row[]): void {
    if (rows === this.rows) return;
    this.learn();
    const [was, is] = this.same(rows);
    const top = this.shift + this.places.top(was);
    this.rows = rows;
    this.places.take(rows);
    this.shift = is < 0 ? 0 : top - this.places.top(is);
    this.start = is < 0 ? 0 : Math.max(0, this.start + is - was);
    this.end = is < 0 ? 0 : Math.min(rows.length, this.end + is - was);
    this.near();
    this.hasToSettle = this.isTaken = true;
  }

  /** A row in sight that is among other rows too, here and there: the first that is quite the same, else any. */
  private same(rows: readonly Row[]): [number, number] {
    const find = finder(this.rows, rows);
    let found: [number, number] = [0, -1];
    // Not the very first, which tells what is before, whatever comes after it.
    for (let was = Math.max(this.first()[0], Math.min(1, this.end - 1)); was < this.end; was++) {
      const is = find(was);
      if (is >= 0 && rows[is] === this.rows[was]) return [was, is];
      if (is >= 0 && found[1] < 0) found = [was, is];
    }
    return found;
  }

  /** Called once what is near is in the document, with how many stand before it that are not in line. */
  placed(before: number): void {
    if (!this.stage) return;
    this.stage.before = before;
    this.isFresh = true;
    this.isAsked = false;
    // While it is scrolled that waits for what the next step draws, to be laid out with it.
    if (this.hasToSettle && !(this.timer && this.isTaken)) this.settle();
    else this.place();
    this.isTaken = false;
    this.pursue();
  }

  /** Scrolls to a row, as soon as it and what is around it is drawn and its place known. */
  show(index: number, align: Goal["align"], beside = 0): void {
    this.goal = { index, align, beside, tries: 0 };
    this.pursue();
  }

  private pursue(): void {
    const { goal, stage } = this;
    if (!goal || !stage || this.isAsked) return;
    this.look(); // It may be seen through another size since, which is told only after this.
    this.learn();
    const offset = offsetFor(goal, this.places, this.viewport, this.offset);
    const [first, last] = [this.places.at(offset), this.places.at(offset + this.viewport)];
    if ((first < this.start || last >= this.end) && goal.tries < 4) {
      this.goal = { ...goal, tries: goal.tries + 1 };
      this.direction = 0;
      this.hangs = false;
      [this.start, this.end] = this.around(offset);
      this.isAsked = true;
      return this.draw();
    }
    this.goal = null;
    this.settle();
    this.lastTop = stage.scrollTo(offset);
    this.onFound();
  }

  private around(offset: number): [number, number] {
    const [above = 0, below = 0] = [beyond[1 - this.direction], beyond[1 + this.direction]];
    return this.places.between(offset - above, offset + this.viewport + below);
  }

  /** Sees what is near. Whether that is something else than before. */
  private near(): boolean {
    if (this.viewport === 0) return false;
    const [start, last] = this.around(this.offset);
    // Not at both ends at once: something has to hang or stand by what is known.
    const isNewAbove = start < this.start && last > this.start && this.end > this.start;
    const end = isNewAbove ? Math.min(last, this.end) : last;
    if (start === this.start && end === this.end) return false;
    this.hangs = isNewAbove;
    [this.start, this.end] = [start, end];
    this.isAsked = true;
    return true;
  }

  private scrolled(): void {
    const { stage } = this;
    if (!stage) return;
    this.learn();
    const { top } = stage;
    if (top !== this.lastTop) this.direction = top < this.lastTop ? -1 : 1;
    this.lastTop = top;
    if (this.near()) this.draw();
    else if (this.hasToSettle || this.isAtAnEnd()) this.settle();
    this.scrolledAt = performance.now();
    this.timer ??= setTimeout(() => this.still(), stillAfter);
    this.onScroll();
  }

  private still(): void {
    const left = this.scrolledAt + stillAfter - performance.now();
    this.timer = left > 1 ? setTimeout(() => this.still(), left) : undefined;
    if (left > 1) return;
    this.learn();
    this.settle();
    this.onStill();
  }

  private resized(): void {
    this.isFresh = true;
    const isOther = this.look();
    const isGrown = this.learn();
    this.place();
    if (this.near()) this.draw();
    if (isOther || isGrown) this.onResize();
  }

  private look(): boolean {
    const [first, top] = this.first();
    const is = this.stage?.look();
    if (is === "wider") {
      this.places.forget();
      this.shift = top - this.places.top(first);
    }
    return is !== "same";
  }

  /** Looks how high the drawn ones are. Whether one has another height than it had. */
  private learn(): boolean {
    if (!this.isFresh || this.isAsked || !this.stage || this.end === this.start) return false;
    this.isFresh = false;
    const [first, top] = this.first();
    const learned = this.places.learn(this.start, this.stage.heights(this.end - this.start));
    if (learned !== "nothing") this.shift = top - this.places.top(first);
    return learned === "otherwise";
  }

  /** The first row in sight whose height is known, and where it stands. */
  private first(): [number, number] {
    const seen = Math.max(this.start, Math.min(this.places.at(this.offset), this.end - 1));
    let first = seen;
    while (first < this.end && !this.places.knows(first)) first++;
    if (first === this.end) first = seen;
    return [first, this.shift + this.places.top(first)];
  }

  private isAtAnEnd(): boolean {
    const isAtStart = this.start === 0 && Math.abs(this.shift) > 0.5;
    const slack = this.height - this.shift - this.places.total;
    return isAtStart || (this.end === this.rows.length && Math.abs(slack) > 0.5);
  }

  /** Makes good what was thought wrongly: the list is as high as its rows, and its start is its start. */
  private settle(): void {
    const { shift } = this;
    this.hasToSettle = false;
    this.shift = 0;
    this.height = this.places.total;
    this.place();
    if (Math.abs(shift) < 0.01) return;
    this.stage?.scrollBy(-shift);
    this.lastTop -= shift;
  }

  private place(): void {
    const { places, hangs, shift } = this;
    const edge = hangs ? this.height - shift - places.top(this.end) : shift + places.top(this.start);
    this.stage?.place(this.height, hangs, edge);
  }
}
