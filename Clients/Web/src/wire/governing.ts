import type { Details, Message, Refusal } from "./types.js";

// What is answered about the rules of a conversation, and what is found in it. Nothing of it changes anything.

/** Whether something may be done, by which rules, and who could let one. */
export interface Explained {
  readonly allowed: boolean;
  readonly because: readonly string[];
  readonly refused?: Refusal;
  /** Who could let one, the highest first; at most 20. */
  readonly who: readonly string[];
  /** Of `history`: the first message that one sees. */
  readonly sees_from?: number;
}

/** Something that somebody could do after a change and not before it, or the other way round. */
export interface Difference {
  readonly person: string;
  readonly permission: string;
  readonly gained: boolean;
}

/** What a change would come to, at a version. */
export interface Outcome {
  readonly version: number;
  readonly allowed: boolean;
  readonly because: readonly string[];
  readonly refused?: Refusal;
  readonly differences: readonly Difference[];
  /** Whether who makes the change could not take it back. */
  readonly lock_out: boolean;
}

export interface Ban {
  readonly person: string;
  readonly until?: number;
}

export interface BansPage {
  readonly bans: readonly Ban[];
  readonly more: boolean;
}

/** A link that lets people in. */
export interface Link {
  readonly link: string;
  readonly by: string;
  readonly uses: number;
  readonly until?: number;
  readonly max_uses?: number;
  readonly people?: readonly string[];
}

export interface LinksPage {
  readonly links: readonly Link[];
  readonly more: boolean;
}

/** A rule about words; `for_ms` of a timeout. */
export interface WordRule {
  readonly rule: string;
  readonly phrases: readonly string[];
  readonly action: "block" | "flag" | "timeout";
  readonly for_ms?: number;
}

export interface WordRulesHeld {
  readonly words: readonly WordRule[];
}

/** Something that was done, and by which rules. */
export interface AuditLine {
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly what: string;
  readonly person?: string;
  readonly seq?: number;
  readonly reason?: string;
  readonly because: readonly string[];
}

export interface AuditPage {
  readonly done: readonly AuditLine[];
  readonly more: boolean;
}

/** What somebody could see after a version; `hidden` are the numbers of what whoever asks may not see. */
export interface Hindsight {
  readonly details?: Details;
  readonly messages: readonly Message[];
  readonly hidden: readonly number[];
  readonly more: boolean;
}

/** What a message may carry. */
export type Carried = "file" | "picture";

export interface SearchBody {
  readonly words?: string;
  readonly author?: string;
  readonly mention?: string;
  readonly before?: Date;
  readonly after?: Date;
  readonly has?: Carried;
  readonly cursor?: string;
  readonly limit: number;
}

export interface Found {
  readonly conversation: string;
  readonly message: Message;
}

export interface SearchPage {
  readonly found: readonly Found[];
  readonly cursor?: string;
}
