import { me } from "../../app/state.js";
import { clockOf } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import type { Line, Reason } from "../../wire/house.js";

const through = (reason: Reason | undefined): string => {
  if (!reason?.by) return "";
  const by = reason.by === me.value ? "you" : nameOf(reason.by);
  if (reason.kind === "admitted") return `, let in by ${by}`;
  return reason.kind === "wave"
    ? `, waved in by ${by}`
    : reason.kind === "guest"
      ? `, as a guest of ${by}`
      : `, through ${by}`;
};

/** Why somebody is in the room: "walked in at 19:52, through Mia". */
export const pathOf = (at: number, reason: Reason): string =>
  reason.kind === "lit" ? `lit the room at ${clockOf(at)}` : `walked in at ${clockOf(at)}${through(reason)}`;

/** What happened, after the name of who did it. */
export function happening({ what = "", at, reason, by, who }: Line): string {
  switch (what) {
    case "lit":
      return `lit the room at ${clockOf(at)}`;
    case "entered":
      return `walked in at ${clockOf(at)}${through(reason)}`;
    case "left":
      return "went out";
    case "expelled":
      return who && who !== by ? `put ${youOr(who).replace(/^You$/, "you")} out` : "was put out";
    case "locked":
      return "drew the curtains";
    case "unlocked":
      return "opened the curtains";
    default:
      return what;
  }
}

/** A line as it is read out. */
export const wordsOf = (line: Line): string =>
  line.text === undefined
    ? `${youOr(line.by)} ${happening(line)}`
    : `${line.to ? "Note from " : ""}${nameOf(line.by)}: ${line.text}`;
