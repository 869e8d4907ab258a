import type { ComponentChildren } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import type { Keyed } from "./finder.js";
import type { Roll } from "./roll.js";

interface Props<Row extends Keyed> {
  roll: Roll<Row>;
  rows: readonly Row[];
  scroller: RefObject<HTMLElement | null>;
  /** A row that stays in the document wherever it is: the keyboard is at it. */
  kept: number;
  children: (row: Row) => ComponentChildren;
}

/** The rows that are near, in an element that is as high as all of them. Each row has to be one element. */
export function List<Row extends Keyed>({ roll, rows, scroller, kept, children }: Props<Row>) {
  const list = useRef<HTMLDivElement>(null);
  const drawn = useRef<HTMLDivElement>(null);
  const [, draw] = useReducer<number, void>((count) => count + 1, 0);
  roll.draw = draw as () => void;
  roll.take(rows);
  const { start, end } = roll;
  const isKept = kept >= 0 && (kept < start || kept >= end);
  const [before, after] = [isKept && kept < start, isKept && kept >= end];
  const away = isKept ? roll.away(kept) : 0;

  useLayoutEffect(
    () =>
      roll.attach({
        scroller: scroller.current as HTMLElement,
        list: list.current as HTMLElement,
        drawn: drawn.current as HTMLElement,
      }),
    [roll],
  );
  useLayoutEffect(() => {
    roll.placed(before ? 1 : 0);
    if (drawn.current) putAside(drawn.current, before, after, away);
  });

  const near = rows.slice(start, end);
  const shown = isKept ? [...(before ? [rows[kept]] : []), ...near, ...(after ? [rows[kept]] : [])] : near;
  return (
    <div ref={list} class="list">
      <div ref={drawn} class="drawn">
        {shown.map((row) => row && children(row))}
      </div>
    </div>
  );
}

const aside = new WeakMap<Element, HTMLElement>();

// The row that is kept stands out of line, where it would be. Its element stays the same one, for the focus to stay.
function putAside(drawn: HTMLElement, before: boolean, after: boolean, away: number): void {
  const last = aside.get(drawn);
  const now =
    before || after ? ((before ? drawn.firstElementChild : drawn.lastElementChild) as HTMLElement) : undefined;
  if (last && last !== now) last.removeAttribute("style");
  if (now) {
    now.style.cssText = `position: absolute; left: 0; right: 0; ${before ? "bottom" : "top"}: 100%`;
    now.style.transform = `translateY(${away}px)`;
    aside.set(drawn, now);
  } else if (last) aside.delete(drawn);
}
