import { Places } from "./places.js";

export interface Keyed {
  readonly key: string;
}

interface Elements {
  readonly scroller: HTMLElement;
  /** As high as all rows. */
  readonly list: HTMLElement;
  /** Those that are drawn, one below the other. */
  readonly drawn: HTMLElement;
}

interface Goal {
  readonly index: number;
  readonly align: "start" | "center" | "end" | "nearest";
  readonly beside: number;
  readonly tries: number;
}

/** How much is drawn beyond what is seen: where it goes to, where it comes from, and while it stands. */
const [ahead, behind, around] = [750, 250, 500];
const stillAfter = 150;

/**
 * A list of which only what is near is drawn. A row's height is known once it was drawn, and that never moves what is
 * read: rows that are new above hang from below, rows that are new below stand under what is there. So the browser
 * lays out once a frame and nothing is moved afterwards. What was thought wrongly of the heights gathers in `shift`,
 * and is made good where it costs nothing: when the list stands still, changes, or comes to an end.
 */
export class Roll<Row extends Keyed> {
  rows: readonly Row[] = [];
  start = 0;
  end = 0;
  viewport = 0;
  draw: () => void = () => {};
  onScroll: () => void = () => {};
  onStill: () => void = () => {};
  onResize: () => void = () => {};
  private readonly places: Places<Row>;
  private elements: Elements | null = null;
  private width = 0;
  private shift = 0;
  private height = 0;
  private lastTop = 0;
  private direction = 0;
  private hangs = false;
  /** Whether something was drawn whose height nobody has looked at. */
  private isFresh = false;
  /** Whether a row that is not in line stands before those that are. */
  private before = 0;
  private goal: Goal | null = null;
  private hasToSettle = false;
  /** What the elements were last told. */
  private set = { height: -1, hangs: false, edge: -1 };
  private scrolledAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(guess: (row: Row, width: number) => number) {
    this.places = new Places((row) => guess(row, this.width));
  }

  /** How far from the start it is scrolled. */
  get offset(): number {
    return this.lastTop - this.shift;
  }

  get size(): number {
    return this.places.total;
  }

  indexAt(offset: number): number {
    return this.places.at(offset);
  }

  /** How far from where the drawn ones begin or end a row stands that is kept though it is not near. */
  away(index: number): number {
    return index < this.start
      ? this.places.top(index + 1) - this.places.top(this.start)
      : this.places.top(index) - this.places.top(this.end);
  }

  attach(elements: Elements): () => void {
    this.elements = elements;
    this.look();
    const sizes = new ResizeObserver(() => this.resized());
    sizes.observe(elements.scroller);
    sizes.observe(elements.drawn);
    const scrolled = (): void => this.scrolled();
    elements.scroller.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      elements.scroller.removeEventListener("scroll", scrolled);
      clearTimeout(this.timer);
      this.elements = null;
    };
  }

  /** Other rows: what is read stays where it is, as long as it is among them. */
  take(rows: readonly Row[]): void {
    if (rows === this.rows) return;
    this.learn();
    const [seen] = this.first();
    // Not by the very first: that stands at the start and tells what is before, whatever comes after it.
    const first = seen === 0 && this.end > 1 ? 1 : seen;
    const [old, before] = [this.rows, this.start];
    const keys = new Map(rows.map((row, index) => [row.key, index]));
    let [was, is] = [first, -1];
    for (; was < this.end && is < 0; was++) is = keys.get(old[was]?.key ?? "") ?? -1;
    const top = is < 0 ? 0 : this.shift + this.places.top(was - 1);
    this.rows = rows;
    this.places.take(rows);
    this.shift = is < 0 ? 0 : top - this.places.top(is);
    const moved = is < 0 ? 0 : is - (was - 1);
    this.start = is < 0 ? 0 : Math.max(0, before + moved);
    this.end = is < 0 ? 0 : Math.min(rows.length, this.end + moved);
    this.near(this.offset);
    this.hasToSettle = true;
  }

  /** Called once what is near is in the document. */
  placed(before: number): void {
    this.before = before;
    this.isFresh = true;
    if (this.hasToSettle) this.settle();
    else this.place();
    if (this.goal) this.pursue();
  }

  /** Scrolls to a row, as soon as it and what is around it is drawn and its place known. */
  show(index: number, align: Goal["align"], beside = 0): void {
    this.goal = { index, align, beside, tries: 0 };
    this.pursue();
  }

  private pursue(): void {
    const { goal } = this;
    if (!goal || !this.elements) return;
    this.learn();
    if (this.viewport === 0) this.look();
    const offset = this.offsetFor(goal);
    const [first, last] = [this.places.at(offset), this.places.at(offset + this.viewport)];
    const isDrawn = this.start <= first && last < this.end;
    if (!isDrawn && goal.tries < 4) {
      this.goal = { ...goal, tries: goal.tries + 1 };
      this.direction = 0;
      [this.start, this.end] = this.around(offset);
      this.hangs = false;
      return this.draw();
    }
    this.goal = null;
    this.settle();
    this.elements.scroller.scrollTop = offset;
    this.lastTop = this.elements.scroller.scrollTop;
  }

  private offsetFor({ index, align, beside }: Goal): number {
    const [top, bottom] = [this.places.top(index), this.places.top(index + 1)];
    const [least, most] = [bottom - this.viewport, top];
    const wanted = {
      start: top,
      end: least,
      center: (least + most) / 2,
      nearest: Math.min(Math.max(this.offset, least), Math.max(least, most)),
    }[align];
    return Math.max(0, Math.min(wanted + beside, this.places.total - this.viewport));
  }

  private around(offset: number): [number, number] {
    const [above, below] = [
      this.direction < 0 ? ahead : this.direction > 0 ? behind : around,
      this.direction < 0 ? behind : this.direction > 0 ? ahead : around,
    ];
    const end = this.places.at(offset + this.viewport + below) + 1;
    return [this.places.at(offset - above), Math.min(end, this.rows.length)];
  }

  /** Draws what is near there. Whether that is something else than before. */
  private near(offset: number): boolean {
    if (this.viewport === 0) return false;
    const around = this.around(offset);
    const [start] = around;
    let [, end] = around;
    // Not at both ends at once: something has to hang or stand by what is known.
    const isNewAbove = start < this.start && end > this.start;
    if (isNewAbove && end > this.end && this.end > this.start) end = this.end;
    if (start === this.start && end === this.end) return false;
    this.hangs = isNewAbove && this.end > this.start;
    [this.start, this.end] = [start, end];
    return true;
  }

  private scrolled(): void {
    const { elements } = this;
    if (!elements) return;
    this.learn();
    const top = elements.scroller.scrollTop;
    if (top !== this.lastTop) this.direction = top < this.lastTop ? -1 : 1;
    this.lastTop = top;
    if (this.near(this.offset)) this.draw();
    else if (this.isAtAnEnd()) this.settle();
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
    if (!this.elements) return;
    this.isFresh = true;
    const isOther = this.look();
    const isGrown = this.learn();
    this.place();
    if (this.near(this.offset)) this.draw();
    if (isOther || isGrown) this.onResize();
  }

  /** Looks at what it stands in. Whether that has another size. */
  private look(): boolean {
    const { clientHeight, clientWidth } = this.elements?.scroller ?? { clientHeight: 0, clientWidth: 0 };
    const isOther = clientHeight !== this.viewport || clientWidth !== this.width;
    this.viewport = clientHeight;
    if (clientWidth === this.width) return isOther;
    const [first, top] = this.first();
    this.width = clientWidth;
    this.places.forget();
    this.keep(first, top);
    return true;
  }

  /** The first row in sight, and where it stands. */
  private first(): [number, number] {
    const first = Math.max(this.start, Math.min(this.places.at(this.offset), this.end - 1));
    return [first, this.shift + this.places.top(first)];
  }

  private keep(row: number, top: number): void {
    this.shift = top - this.places.top(row);
  }

  /** Looks how high the drawn ones are. Whether one has another height than it had. */
  private learn(): boolean {
    if (!this.isFresh || !this.elements || this.end === this.start) return false;
    this.isFresh = false;
    const { children } = this.elements.drawn;
    const [first, top] = this.first();
    const heights: number[] = [];
    for (let index = this.start; index < this.end; index++) {
      const row = children[this.before + index - this.start];
      if (row) heights.push(row.getBoundingClientRect().height);
    }
    const learned = this.places.learn(this.start, heights);
    if (learned !== "nothing") this.keep(first, top);
    return learned === "otherwise";
  }

  private isAtAnEnd(): boolean {
    const isAtStart = this.start === 0 && Math.abs(this.shift) > 0.5;
    const slack = this.height - this.shift - this.places.total;
    return isAtStart || (this.end === this.rows.length && Math.abs(slack) > 0.5);
  }

  /** Makes good what was thought wrongly: the list is as high as its rows, and its start is its start. */
  private settle(): void {
    this.hasToSettle = false;
    const { shift, elements } = this;
    this.shift = 0;
    this.height = this.places.total;
    this.place();
    if (!elements || Math.abs(shift) < 0.01) return;
    // From where it is: it may have been scrolled since the last event that told so.
    elements.scroller.scrollBy({ top: -shift, behavior: "instant" });
    this.lastTop -= shift;
  }

  private place(): void {
    if (!this.elements) return;
    const { list, drawn } = this.elements;
    const edge = this.hangs
      ? this.height - this.shift - this.places.top(this.end)
      : this.shift + this.places.top(this.start);
    const { set } = this;
    if (set.height !== this.height) list.style.height = `${this.height}px`;
    if (set.hangs !== this.hangs || set.edge !== edge) {
      drawn.style.top = this.hangs ? "auto" : `${edge}px`;
      drawn.style.bottom = this.hangs ? `${edge}px` : "auto";
    }
    this.set = { height: this.height, hangs: this.hangs, edge };
  }
}
