import { me } from "../../app/state.js";
import { clockOf } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import type { Line, Occupant } from "../../wire/house.js";

const you = (person: string): string => (person === me.value ? "you" : nameOf(person));

const ways: Readonly<Record<string, string>> = { admitted: "let in by", wave: "waved in by", guest: "a guest of" };

const through = (way = "", by?: string): string => (by ? `, ${ways[way] ?? "through"} ${you(by)}` : "");

/** Why somebody is in the room: "walked in at 19:52, through Mia". */
export const pathOf = ({ since, way, by }: Occupant): string =>
  way === "lit" ? `lit the room at ${clockOf(since)}` : `walked in at ${clockOf(since)}${through(way, by)}`;

/** What happened, after the name of who did it. */
export function happening({ what, at, way, who }: Line): string {
  switch (what) {
    case "lit":
      return `lit the room at ${clockOf(at)}`;
    case "entered":
      return `walked in at ${clockOf(at)}${through(way, who)}`;
    case "left":
      return "went out";
    case "expelled":
      return `put ${you(who ?? "")} out`;
    case "locked":
      return "drew the curtains";
    case "unlocked":
      return "opened the curtains";
    default:
      return "said something that is gone";
  }
}

/** A line as it is read out. */
export const wordsOf = (line: Line): string =>
  line.text === undefined
    ? `${youOr(line.by)} ${happening(line)}`
    : `${line.what === "noted" ? "Note from " : ""}${nameOf(line.by)}: ${line.text}`;
