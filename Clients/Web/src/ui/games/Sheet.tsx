import { useEffect, useRef, useState } from "preact/hooks";
import { make, table } from "../../app/table.js";
import type { Point, QuickDrawView, Stroke } from "../../wire/games.js";
import { inkNames, inks, paint, Pen, size, widthNames, widths } from "./pen.js";

function useSheet(strokes: () => readonly Stroke[]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = (): void => {
    const { current } = canvas;
    const context = current?.getContext("2d");
    if (!current || !context) return;
    const { width, height } = current.getBoundingClientRect();
    const [wide, high] = [width, height].map((side) => Math.max(1, Math.round(side * devicePixelRatio)));
    if (current.width !== wide || current.height !== high) [current.width, current.height] = [wide ?? 1, high ?? 1];
    paint(context, strokes());
  };
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    if (!canvas.current) return;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  return { canvas, draw };
}

/** The sheet as the others see it. */
export function Shown({ strokes, drawer }: { strokes: readonly Stroke[]; drawer: string }) {
  const { canvas, draw } = useSheet(() => strokes);
  useEffect(draw, [strokes]);
  return <canvas ref={canvas} class="sheet" role="img" aria-label={`What ${drawer} draws`} />;
}

const step = 90;
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

// The host took something otherwise than it stands here: then its sheet is the sheet.
const theSheet = (): readonly Stroke[] => (table.value?.play as QuickDrawView | null)?.strokes ?? [];

function pointOf(event: PointerEvent): Point {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const of = (at: number, from: number, length: number): number => ((at - from) / length) * size;
  return { x: of(event.clientX, box.left, box.width), y: of(event.clientY, box.top, box.height) };
}

/** The sheet of who draws: with a finger, a mouse, or the arrow keys and the space bar. */
export function Drawn({ strokes, word }: { strokes: readonly Stroke[]; word: string }) {
  const [, setCount] = useState(0);
  const pen = useRef<Pen | null>(null);
  const [cursor, setCursor] = useState<Point | null>(null);
  const { canvas, draw } = useSheet(() => pen.current?.all() ?? []);
  const redraw = useRef(draw);
  redraw.current = draw;
  pen.current ??= new Pen(
    strokes,
    async (move) => {
      const isSent = await make(move);
      if (!isSent && pen.current) pen.current.strokes = theSheet();
      return isSent;
    },
    () => redraw.current(),
  );
  const { current } = pen;
  useEffect(() => {
    redraw.current();
    return () => current.stop();
  }, []);
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    setCursor(null);
    current.down(pointOf(event));
  };
  const move = (event: PointerEvent): void => {
    if (event.buttons === 0 || !current.isDown) return;
    current.move(pointOf(event));
  };
  const key = (event: KeyboardEvent): void => {
    const by = steps[event.key];
    if (!by && event.key !== " ") return;
    event.preventDefault();
    const from = cursor ?? { x: size / 2, y: size / 2 };
    if (!by) return current.isDown ? current.up() : (setCursor(from), current.down(from));
    const far = event.shiftKey ? 3 : 1;
    const clamp = (value: number): number => Math.min(size, Math.max(0, value));
    const to = { x: clamp(from.x + by[0] * far), y: clamp(from.y + by[1] * far) };
    setCursor(to);
    current.move(to);
  };
  return (
    <>
      <div class="sheet-frame">
        <canvas
          ref={canvas}
          class="sheet mine"
          tabIndex={0}
          role="application"
          aria-label={`Draw: ${word}. Arrow keys move the pen, Space sets it down and lifts it.`}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={() => current.up()}
          onPointerCancel={() => current.up()}
          onKeyDown={key}
        />
        {cursor && (
          <span class="pen-at" style={{ left: `${(cursor.x / size) * 100}%`, top: `${(cursor.y / size) * 100}%` }} />
        )}
      </div>
      <Tools pen={current} onChange={() => setCount((count) => count + 1)} />
    </>
  );
}

function Tools({ pen, onChange }: { pen: Pen; onChange: () => void }) {
  const change = (how: () => void) => (): void => {
    how();
    onChange();
  };
  return (
    <div class="tools-of-pen" role="toolbar" aria-label="Pen">
      {inks.map((colour, ink) => (
        <button
          key={colour}
          type="button"
          class="ink"
          style={{ background: colour }}
          aria-label={inkNames[ink]}
          aria-pressed={pen.ink === ink}
          onClick={change(() => (pen.up(), (pen.ink = ink)))}
        />
      ))}
      <span class="tools-gap" />
      {widths.map((width, index) => (
        <button
          key={width}
          type="button"
          class="nib"
          aria-label={`${widthNames[index] ?? ""} pen`}
          aria-pressed={pen.width === width}
          onClick={change(() => (pen.up(), (pen.width = width)))}
        >
          <span style={{ width: `${6 + index * 6}px`, height: `${6 + index * 6}px` }} />
        </button>
      ))}
      <button type="button" class="button small quiet" onClick={change(() => pen.undo())}>
        Undo
      </button>
      <button type="button" class="button small quiet" onClick={change(() => pen.wipe())}>
        Wipe
      </button>
    </div>
  );
}
