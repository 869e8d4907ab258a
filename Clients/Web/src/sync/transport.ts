import type { Answer } from "../wire/types.js";

/** `out`: the server does not let this device in any more, however often it tries. */
export type Link = "open" | "lost" | "out";

/** What a session needs of the network: requests, what is heard, and whether it holds. */
export interface Transport {
  /** One try. Nobody answering in time is a refusal too: `no_answer`. */
  ask<T>(area: string, id: string, verb: string, body: object): Promise<Answer<T>>;
  onEvent(take: (bytes: Uint8Array) => void): void;
  onEphemeral(take: (bytes: Uint8Array) => void): void;
  /** Called with each change; what is subscribed is known to the server when it is called with `open`. */
  onLink(take: (link: Link) => void): void;
  close(): Promise<void>;
}

export const unanswered: Answer<never> = { refused: { code: "no_answer", because: ["client.no_answer_in_time"] } };

/** Whether the same request may go through a little later. */
export const isPassing = (code: string): boolean =>
  ["busy", "rate_limited", "unavailable", "moved", "no_answer"].includes(code);

/** Doubling up to two seconds, never sooner than the host asked for, and never everybody at once. */
export const pauseAfter = (attempt: number, least = 0): number =>
  least + Math.min(2000, 50 << Math.min(attempt, 6)) * (0.5 + Math.random() / 2);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
