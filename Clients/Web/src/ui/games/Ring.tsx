import { useEffect, useState } from "preact/hooks";

const soon = 10;

/** How much is left until something is due, counted down. */
export function Ring({ due, lasts }: { due: number; lasts: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [due]);
  const left = Math.min(Math.max(due - now, 0), lasts);
  const seconds = Math.ceil(left / 1000);
  return (
    <span class={seconds <= soon ? "ring soon" : "ring"} role="timer" aria-label={`${seconds} seconds left`}>
      <svg viewBox="0 0 52 52" width="52" height="52" aria-hidden="true">
        <circle cx="26" cy="26" r="23" />
        <circle class="left" cx="26" cy="26" r="23" pathLength={1} stroke-dasharray={`${left / lasts} 1`} />
      </svg>
      <b aria-hidden="true">{seconds}</b>
    </span>
  );
}
