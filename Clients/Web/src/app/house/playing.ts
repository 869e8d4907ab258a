import { effect, signal } from "@preact/signals";
import type { RoomView } from "../../wire/house.js";
import { room } from "./state.js";

/** Whether one is choosing a game to offer. */
export const isChoosingGame = signal(false);

/** The game that was on while one was here: how it ended stays on the table until one puts it away. */
export const lastGame = signal("");

export const gameKey = ({ room: id, table }: RoomView): string => `${id} ${table?.number ?? 0}`;

// A table at which something goes on always has something that happens by itself, if nobody does anything.
const isRunning = ({ table }: RoomView): boolean => table?.due != null;

effect(() => {
  if (room.value && isRunning(room.value)) lastGame.value = gameKey(room.value);
});

/** Whether a game lies on the table, or is being chosen. */
export const isGameOn = (view: RoomView): boolean =>
  isChoosingGame.value || isRunning(view) || (view.table?.phase === "over" && lastGame.value === gameKey(view));
