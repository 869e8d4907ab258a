import { isKnownRule, reasonOf, ruleOf } from "../refusals.js";
import type { Refusal } from "../../wire/types.js";

/** What else one can do where a door stays shut. */
export type Way = "enter" | "knock" | "wave" | "light";

interface Words {
  readonly text: string;
  readonly may: readonly Way[];
}

const shut: Readonly<Record<string, (name: string, inside: number | undefined) => Words>> = {
  "room.locked": (name) => ({
    text: `${name} is locked. Knock, and whoever is inside may let you in.`,
    may: ["knock"],
  }),
  "room.capacity": (name, inside) => ({
    text: `${name} is full${inside ? ` (${inside})` : ""}. Wave, or light the spare room.`,
    may: ["wave", "light"],
  }),
  "room.unknown": (name) => ({ text: `${name} is dark, or not open to you any more.`, may: ["light"] }),
  "room.expelled": (name) => ({
    text: `You were put out of ${name}. Its keeper may wave you back in.`,
    may: ["light"],
  }),
  "room.open": (name) => ({ text: `${name} is open by now.`, may: ["enter"] }),
  "room.knocks": () => ({ text: "Too many are at this door already.", may: ["wave", "light"] }),
  "knock.declined": () => ({ text: "Not now, they say.", may: ["light"] }),
  "knock.unanswered": () => ({ text: "Nobody came to the door.", may: ["knock", "light"] }),
};

/** Why a door stayed shut, and the ways on. */
export function ways(refusal: Refusal, name: string, inside?: number): Words {
  const rule = refusal.because.findLast((one) => Object.hasOwn(shut, one));
  return rule ? (shut[rule] as (typeof shut)[string])(name, inside) : { text: plain(refusal), may: [] };
}

/** Why something was not done in the house, in a sentence or two. */
export function plain(refusal: Refusal): string {
  const rule = refusal.because.at(-1) ?? "";
  const wait = refusal.retry_after_ms ?? 0;
  const later = wait > 0 ? ` Try again in ${Math.ceil(wait / 1000)} s.` : "";
  if (isKnownRule(rule)) return `${ruleOf(rule)}${later}`;
  const reason = reasonOf(refusal);
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.${later || " Try again in a moment."}`;
}
