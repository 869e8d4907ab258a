import { useEffect, useRef } from "preact/hooks";
import { isChoosingGame } from "../../app/house/playing.js";
import { myMedia } from "../../call/state.js";
import { announce } from "../announce.js";
import { focusRoom } from "../focus.js";
import { setRoomKeys } from "../keys.js";
import { isWavingOver } from "./state.js";

interface Acts {
  readonly mic: () => unknown;
  readonly cam: () => unknown;
  readonly lock: () => unknown;
  readonly pick: () => void;
}

/** What the dock does by single keys, and says aloud of what came of it. */
export function useDockKeys({ mic, cam, lock, pick }: Acts): void {
  useEffect(() =>
    setRoomKeys({
      m: () => void mic(),
      v: () => void cam(),
      l: () => void lock(),
      w: () => (isWavingOver.value = true),
      k: () => document.querySelector<HTMLElement>(".knock .lamp")?.focus(),
      "+": pick,
      escape: () => (isChoosingGame.value ? (isChoosingGame.value = false) : focusRoom()),
    }),
  );
  const isOn = myMedia.value;
  const said = useRef(`${isOn.mic} ${isOn.cam}`);
  useEffect(() => {
    const now = `${isOn.mic} ${isOn.cam}`;
    if (now !== said.current) announce(`${isOn.mic ? "Heard" : "Not heard"}, ${isOn.cam ? "seen" : "not seen"}.`);
    said.current = now;
  }, [isOn.mic, isOn.cam]);
}
