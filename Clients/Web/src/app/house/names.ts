import { house, room } from "./state.js";

/** What a room is called. */
export const roomName = (id: string): string =>
  house.value?.rooms.find((card) => card.room === id)?.name ?? (room.value?.room === id ? room.value.name : "a room");

const words =
  "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen twenty";

/** A number in words, as far as that reads well. */
export const inWords = (count: number): string => words.split(" ")[count] ?? String(count);

/** "Twelve friends are in. Five rooms are lit." */
export function whoIsIn(friends: number, rooms: number): string {
  if (friends === 0 && rooms === 0) return "Nobody’s in yet. Light a room; friends will see the window.";
  const lit = `${capital(inWords(rooms))} room${rooms === 1 ? " is" : "s are"} lit.`;
  return `${capital(inWords(friends))} friend${friends === 1 ? " is" : "s are"} in. ${lit}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
