import { signal } from "@preact/signals";
import type { Call } from "../wire/calls.js";

/**
 * The call that one is on with this page, or is rung by. It `calls` while nobody has taken it, `rings` here, `talks`,
 * and is `over` for some seconds, so that one sees how it ended; `elsewhere` it is one's own on something else.
 */
export interface Line {
  readonly other: string;
  readonly is: "calls" | "rings" | "takes" | "talks" | "over" | "elsewhere";
  readonly video: boolean;
  /** Not known before the host has answered. */
  readonly call: Call | null;
}

export const line = signal<Line | null>(null);

/** The last call with somebody, as far as it is known. */
export const lastCalls = signal<ReadonlyMap<string, Call>>(new Map());

/** What the page is called while it rings; nothing otherwise. */
export const headline = signal("");
