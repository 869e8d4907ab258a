import { useLayoutEffect } from "preact/hooks";
import { singleKeys } from "../../app/theme.js";
import { isText } from "../keys.js";

/** Single keys of a game, outside of text: 1 is the first of what one may do. */
export function useKeys(keys: readonly (() => void)[]): void {
  // With what is drawn, not after it: a second key must find what the first one did.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isOurs = singleKeys.value && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      if (!isOurs || event.defaultPrevented || isText(event.target) || document.querySelector("dialog[open]")) return;
      const act = /^[1-9]$/.test(event.key) ? keys[Number(event.key) - 1] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
}
