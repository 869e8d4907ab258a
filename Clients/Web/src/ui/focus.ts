import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { isText } from "./keys.js";

/** Whether what had the focus is there no more, so that nothing has it. */
const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

let isFirst = true;

/** For the heading of a place: whoever goes there is there with the focus, too, unless it is somewhere already. */
export function useArrival(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // When the page is opened, everything begins at its beginning.
    if (!isFirst && isLost()) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return heading;
}

/** For what goes away with the focus in it: then something else has it. */
export function useGivingBack(box: RefObject<HTMLElement | null>, to: () => HTMLElement | null): void {
  // A plain effect would end when all of it is gone already.
  useLayoutEffect(
    () => () => {
      if (box.current?.contains(document.activeElement)) setTimeout(() => isLost() && to()?.focus());
    },
    [],
  );
}

/** For what becomes another under the focus: where that goes, the whole of it has it. */
export function useKeeping(key: string): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  const had = useRef(false);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      had.current = target instanceof Node && (box.current?.contains(target) ?? false);
    };
    addEventListener("focusin", onFocus);
    return () => removeEventListener("focusin", onFocus);
  }, []);
  useEffect(() => {
    if (had.current && isLost()) box.current?.focus({ preventScroll: true });
  }, [key]);
  return box;
}

/**
 * Closes what is modal, which gives the focus back to what had it before. Chromium leaves the caret behind, in what is
 * gone then: whoever writes on in a box that has the focus writes into nothing, until it is focused anew.
 */
export function closed(modal: HTMLDialogElement | null): void {
  modal?.close();
  const { activeElement: at } = document;
  if (!(at instanceof HTMLElement) || !isText(at)) return;
  at.blur();
  at.focus({ preventScroll: true });
}

/** The name of the room one is in: from there everything in it is reached. */
export const focusRoom = (): void => document.getElementById("room-name")?.focus();

/** Along a row of buttons by arrows, and to either end. */
export function alongRow(event: KeyboardEvent): void {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  const { currentTarget, target } = event;
  if (
    step === undefined ||
    (target instanceof Element && target.closest("dialog")) ||
    !(currentTarget instanceof HTMLElement) ||
    !(target instanceof HTMLElement)
  )
    return;
  const all = [...currentTarget.querySelectorAll("button")].filter((one) => one.offsetParent !== null);
  const at = all.findIndex((one) => one === target);
  if (at < 0) return;
  event.preventDefault();
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}
