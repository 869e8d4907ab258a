import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { Called } from "../../views/called.js";
import type { How } from "../../wire/calls.js";

/** "40 s", "3 min", "1 h 5 min". */
export function lengthOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const outcomes: Readonly<Record<Exclude<How, "hung_up">, string>> = {
  busy: "busy",
  declined: "declined",
  missed: "no answer",
  cancelled: "you gave up",
};

/** What became of a call, as it stands between what was said. */
export function wordsOf({ by, how, video, length_ms: length }: Called, other: string): string {
  const name = nameOf(other);
  const what = video ? "video call" : "call";
  const did = (by === me.value ? `You called ${name}` : `${name} called`) + (video ? " with video" : "");
  if (how === "hung_up") return `${did} · ${lengthOf(length)}`;
  if (by === me.value) return `${did}: ${outcomes[how] ?? "over"}`;
  if (how === "declined") return `You declined a ${what} from ${name}`;
  return `Missed ${what} from ${name}${how === "busy" ? ": you were on another" : ""}`;
}

/** How the call ended that one is looking at. */
export function endOf(how: How, isMine: boolean, other: string, length: number): string {
  const name = nameOf(other);
  switch (how) {
    case "busy":
      return `${name} is on another call.`;
    case "declined":
      return isMine ? `${name} can’t talk now.` : "Declined.";
    case "missed":
    case "cancelled":
      return "No answer.";
    default:
      return `Over, after ${lengthOf(length)}.`;
  }
}
