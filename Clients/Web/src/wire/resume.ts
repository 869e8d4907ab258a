import type { Details, Marks, Message, Seen } from "./types.js";

export interface Begun {
  readonly conversation: string;
  readonly reset: Details;
  readonly messages: readonly Message[];
  readonly lines?: readonly Seen[];
}

export type Resumption =
  | (Marks & { readonly conversation: string; readonly events: readonly Seen[] })
  | Begun
  | { readonly conversation: string; readonly left: true; readonly version: number };

export interface ResumePage {
  readonly cursor: string;
  readonly reset: boolean;
  readonly conversations: readonly Resumption[];
  readonly more: boolean;
  readonly certificates?: readonly Certificate[];
}

/** What a conversation comes to at a version, in digests. */
export interface Certificate extends Marks {
  readonly conversation: string;
  readonly version: number;
  readonly unread: number;
  readonly mentions: number;
  readonly from: number;
  readonly details: number;
  readonly members?: number;
  readonly messages: number;
}
