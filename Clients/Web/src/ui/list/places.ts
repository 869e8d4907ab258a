/** Where each row stands, in pixels from the first: by its height where that is known, else by a guess. */
export class Places<Row extends object> {
  private rows: readonly Row[] = [];
  private tops = new Float64Array(1);
  private known = new WeakMap<Row, number>();

  constructor(private readonly guess: (row: Row) => number) {}

  get total(): number {
    return this.tops[this.rows.length] as number;
  }

  /** The top of a row; of the one after the last, the end. */
  top(index: number): number {
    return this.tops[index] as number;
  }

  knows(index: number): boolean {
    const row = this.rows[index];
    return row !== undefined && this.known.has(row);
  }

  /** The row that stands there, or the nearest. */
  at(place: number): number {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The rows from there to there: the first, and the one after the last. */
  between(from: number, to: number): [number, number] {
    return [this.at(from), Math.min(this.at(to) + 1, this.rows.length)];
  }

  take(rows: readonly Row[]): void {
    this.rows = rows;
    if (this.tops.length <= rows.length) this.tops = new Float64Array(rows.length + 500);
    this.sum(0);
  }

  /** How high these rows turned out, from one on: whether that is new, or otherwise than it was. */
  learn(from: number, heights: readonly number[]): "nothing" | "anew" | "otherwise" {
    let learned: "nothing" | "anew" | "otherwise" = "nothing";
    for (const [n, height] of heights.entries()) {
      const row = this.rows[from + n] as Row;
      const before = this.known.get(row);
      if (before === height) continue;
      this.known.set(row, height);
      if (learned !== "otherwise") learned = before === undefined ? "anew" : "otherwise";
    }
    if (learned !== "nothing") this.sum(from);
    return learned;
  }

  /** What was known is so no more: the width is another. */
  forget(): void {
    this.known = new WeakMap();
    this.sum(0);
  }

  private sum(from: number): void {
    let top = from === 0 ? 0 : this.top(from);
    for (let index = from; index < this.rows.length; index++) {
      const row = this.rows[index] as Row;
      this.tops[index] = top;
      top += this.known.get(row) ?? this.guess(row);
    }
    this.tops[this.rows.length] = top;
  }
}
