import { effect, signal } from "@preact/signals";
import { room } from "../../app/house/state.js";
import type { RoomView } from "../../wire/house.js";

/** To whom the next thing said is a note. */
export const noteTo = signal<string | null>(null);

/** On a telephone the talk lies over the table, for the asking. */
export const isTalkOpen = signal(false);

/** Whether one is choosing whom to wave over. */
export const isWavingOver = signal(false);

/** Whether one is choosing a game to offer. */
export const isChoosingGame = signal(false);

/** The game that was on while one was here: how it ended stays on the table until one puts it away. */
export const lastGame = signal("");

export const gameKey = ({ room: id, table }: RoomView): string => `${id} ${table?.number ?? 0}`;

const isRunning = ({ table }: RoomView): boolean => !!table && table.phase !== "empty" && table.phase !== "over";

effect(() => {
  if (room.value && isRunning(room.value)) lastGame.value = gameKey(room.value);
});

/** Whether a game lies on the table, or is being chosen. */
export const isGameOn = (view: RoomView): boolean =>
  isChoosingGame.value || isRunning(view) || (view.table?.phase === "over" && lastGame.value === gameKey(view));
