import type { Places } from "./places.js";

/** A row that is to be scrolled to. */
export interface Goal {
  readonly index: number;
  readonly align: "start" | "center" | "end" | "nearest";
  readonly beside: number;
  /** How often it was drawn for that already. */
  readonly tries: number;
}

/** Where it has to be scrolled for that. */
export function offsetFor(
  goal: Goal,
  places: Pick<Places<object>, "top" | "total">,
  viewport: number,
  now: number,
): number {
  const { index, align, beside } = goal;
  const most = places.top(index);
  const least = places.top(index + 1) - viewport;
  const wanted = {
    start: most,
    end: least,
    center: (least + most) / 2,
    nearest: Math.min(Math.max(now, least), Math.max(least, most)),
  }[align];
  return Math.max(0, Math.min(wanted + beside, places.total - viewport));
}
