import { effect, signal } from "@preact/signals";
import { isQuiet } from "../../views/quiet.js";
import type { RoomView } from "../../wire/house.js";
import { kept } from "../start.js";
import { me } from "../state.js";
import { house, room } from "./state.js";

export type Sound = "door" | "knock" | "wave" | "buzz" | "turn";

/** Tones in order: when each begins, in seconds, how high, in hertz, how long, and how loud of what is loudest. */
type Tone = readonly [at: number, pitch: number, lasts: number, share: number];

const tunes: Readonly<Record<Sound, readonly Tone[]>> = {
  // A bell over the door; two knuckles on wood; a hand that goes up; the same, twice; a glass that is touched.
  door: [
    [0, 659, 0.35, 0.7],
    [0.11, 880, 0.5, 0.6],
  ],
  knock: [
    [0, 150, 0.09, 1],
    [0.17, 140, 0.09, 1],
  ],
  wave: [
    [0, 523, 0.14, 0.6],
    [0.09, 784, 0.3, 0.6],
  ],
  buzz: [
    [0, 523, 0.14, 0.8],
    [0.09, 784, 0.2, 0.8],
    [0.32, 523, 0.14, 0.8],
    [0.41, 784, 0.3, 0.8],
  ],
  turn: [
    [0, 988, 0.18, 0.5],
    [0.12, 1319, 0.45, 0.5],
  ],
};

const loudest = 0.07;
const key = "chat.sounds";

// Whoever wants things still wants them silent, too, until they say otherwise.
const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
const before = kept.get(key);

/** Whether one hears anything. */
export const isSounding = signal(before === null ? !isStill() : before === "on");

let isFirst = true;
effect(() => {
  const now = isSounding.value ? "on" : "off";
  if (!isFirst) kept.set(key, now);
  isFirst = false;
});

let context: AudioContext | null = null;
let ringing = 0;
let isTouched = false;

// A page that nobody has touched makes no sound, as browsers have it, and asks for none.
const touch = (): void => void (isTouched = true);
for (const how of ["pointerdown", "keydown"] as const) addEventListener(how, touch, { once: true, capture: true });

/** Makes a sound, where one wants to hear it and it is not quiet. */
export function sound(which: Sound): void {
  if (!isTouched || !isSounding.value || isQuiet(house.value?.me.quiet)) return;
  context ??= new AudioContext();
  void context.resume();
  for (const tone of tunes[which]) ring(context, tone, which === "knock");
}

function ring(on: AudioContext, [at, pitch, lasts, share]: Tone, isWood: boolean): void {
  const begin = on.currentTime + at;
  const [tone, gain] = [on.createOscillator(), on.createGain()];
  tone.type = isWood ? "triangle" : "sine";
  tone.frequency.setValueAtTime(pitch, begin);
  if (isWood) tone.frequency.exponentialRampToValueAtTime(pitch / 2, begin + lasts);
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(loudest * share, begin + 0.008);
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + lasts);
  tone.connect(gain).connect(on.destination);
  // A context that runs costs the processor something, also while nothing sounds.
  ringing++;
  tone.onended = () => void (--ringing === 0 && on.suspend());
  tone.start(begin);
  tone.stop(begin + lasts);
}

/** Whose move it is, if it is mine: what this is, and that it is another than before. */
export function turnOf({ table, room: id }: RoomView, person: string): string {
  const game = table?.phase === "playing" && table.seats.includes(person) ? table.play : null;
  const of = (is: boolean, what: string | number): string => (is ? `${id} ${table?.number} ${what}` : "");
  switch (game?.is) {
    case "trivia":
      return of(game.stage === "open", game.number);
    case "heads_up":
      return of(game.guesser === person && !game.is_running, game.lap);
    case "quick_draw":
      return of(game.drawer === person && game.stage === "choosing", game.lap);
    case "potluck":
      return of(game.judge === person && game.stage === "judging", game.number);
    default:
      return of(table?.phase === "gathering" && !table.seats.includes(person), "offered");
  }
}

/** What is to be heard of a change of the room one is in; of several the one that asks most of one. */
export function heardOf(held: RoomView | null, now: RoomView | null, person: string): Sound | null {
  if (!now) return null;
  const was = held?.room === now.room ? held : null;
  // Whoever looks into a room hears what happens from then on, and the door behind oneself.
  if (!was) return "door";
  const turn = turnOf(now, person);
  if (turn && turn !== turnOf(was, person)) return "turn";
  if (now.knocks.some((one) => !was.knocks.some((other) => other.person === one.person && other.at === one.at)))
    return "knock";
  const isNew = (who: string): boolean => who !== person && !was.occupants.some((one) => one.person === who);
  return now.occupants.some((one) => isNew(one.person)) ? "door" : null;
}

let held: RoomView | null = null;
effect(() => {
  const now = room.value;
  const heard = heardOf(held, now, me.peek());
  held = now;
  if (heard) sound(heard);
});
