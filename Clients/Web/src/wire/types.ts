// The shapes of docs/protocol.md. Times are milliseconds since 1970; every number stays below 2^53.

import type { CallSignal, How } from "./calls.js";
import type { Attachment } from "./files.js";
import type { Party } from "./house.js";

export type { Command } from "./commands.js";
export type { Attachment, Door } from "./files.js";
export type { Begun, Certificate, Resumption, ResumePage } from "./resume.js";

export type Kind = "direct" | "group" | "channel";
export type Role = "member" | "owner";
export type Standing = "member" | "invited" | "former";

export interface Refusal {
  readonly code: string;
  readonly because: readonly string[];
  readonly retry_after_ms?: number;
}

export type Answer<T> = { readonly ok: T } | { readonly refused: Refusal };

export interface Receipt {
  readonly conversation: string;
  readonly version: number;
  readonly seq?: number;
  readonly at: number;
  readonly replayed: boolean;
}

export interface Marks {
  readonly read: number;
  readonly delivered: number;
}

export interface Reaction {
  readonly emoji: string;
  readonly people: readonly string[];
}

export interface Message {
  readonly seq: number;
  readonly version: number;
  readonly by: string;
  readonly at: number;
  readonly body?: string;
  readonly attachments?: readonly Attachment[];
  readonly gone?: string;
  readonly occurred_at?: number;
  readonly action?: boolean;
  readonly reply_to?: number;
  readonly mentions?: readonly string[];
  readonly everyone?: boolean;
  readonly edited_at?: number;
  readonly redacted_by?: string;
  readonly reason?: string;
  readonly reactions?: readonly Reaction[];
}

export interface Entry extends Marks {
  readonly conversation: string;
  readonly standing: Standing;
  readonly kind: Kind;
  readonly name?: string;
  readonly version: number;
  readonly seq: number;
  readonly unread: number;
  readonly mentions: number;
  readonly last?: Message;
}

/** What is granted and denied: words for permissions. */
export interface Grant {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

export interface MemberEntry extends Grant {
  readonly person: string;
  readonly role: Role;
  readonly nickname?: string;
  readonly joined_at: number;
  readonly roles?: readonly string[];
  readonly timed_out_until?: number;
}

export interface RoleEntry extends Grant {
  readonly role: string;
  readonly name: string;
  readonly rank: number;
}

export interface Settings {
  readonly join: "open" | "invite" | "knock";
  readonly history: "all" | "join" | "invite" | "last";
  readonly history_last: number;
  readonly announce_only: boolean;
  readonly locked: boolean;
  readonly slow_mode_ms: number;
  readonly edit_window_ms: number;
  readonly message_bytes: number;
}

/** How a conversation is kept. */
export interface Rules {
  readonly settings: Settings;
  readonly roles: readonly RoleEntry[];
  readonly pins: readonly { readonly seq: number; readonly version: number }[];
  readonly knocking: readonly string[];
}

export interface Details {
  readonly entry: Entry;
  readonly topic?: string;
  readonly joined_seq: number;
  readonly member_count: number;
  readonly members: readonly MemberEntry[];
  readonly invited: readonly string[];
  readonly rules: Rules;
}

export interface HistoryPage {
  readonly messages: readonly Message[];
  /** What stands between them and is none. */
  readonly lines?: readonly Seen[];
  readonly more: boolean;
}

interface Stamped {
  readonly conversation: string;
  readonly version: number;
  readonly by: string;
  readonly at: number;
  readonly occurred_at?: number;
}

interface About extends Stamped {
  readonly seq: number;
  readonly message_version: number;
}

interface Content {
  readonly body?: string;
  readonly attachments?: readonly Attachment[];
  readonly gone?: string;
  readonly mentions?: readonly string[];
  readonly everyone?: boolean;
}

interface Limited {
  readonly person: string;
  readonly until?: number;
  readonly reason?: string;
}

export type Happened =
  | (Stamped & {
      readonly type: "created";
      readonly kind: Kind;
      readonly members: readonly string[];
      readonly name?: string;
    })
  | (Stamped & { readonly type: "renamed"; readonly name: string })
  | (Stamped & { readonly type: "topic_set"; readonly topic: string })
  | (Stamped & { readonly type: "nicknamed"; readonly nickname: string })
  | (Stamped & { readonly type: "invited"; readonly people: readonly string[] })
  | (Stamped & { readonly type: "joined" | "left" })
  | (Stamped &
      Content & {
        readonly type: "message";
        readonly seq: number;
        readonly reply_to?: readonly [number, number];
        readonly action?: boolean;
      })
  | (About & Content & { readonly type: "edited" })
  | (About & { readonly type: "redacted"; readonly author: string; readonly reason?: string })
  | (About & { readonly type: "reacted" | "unreacted"; readonly emoji: string })
  | (About & { readonly type: "pinned" | "unpinned" })
  | (Stamped & { readonly type: "settings_changed"; readonly settings: Settings })
  | (Stamped & RoleEntry & { readonly type: "role_set" })
  | (Stamped & { readonly type: "role_dropped"; readonly role: string })
  | (Stamped & Grant & { readonly type: "roles_assigned"; readonly person: string; readonly roles: readonly string[] })
  | (Stamped & { readonly type: "ownership_transferred" | "unbanned" | "uninvited"; readonly person: string })
  | (Stamped & { readonly type: "kicked"; readonly person: string; readonly reason?: string })
  | (Stamped & Limited & { readonly type: "banned"; readonly was_in: boolean })
  | (Stamped & Limited & { readonly type: "timed_out" })
  | (Stamped & { readonly type: "knocked"; readonly reason?: string })
  | (Stamped & { readonly type: "called"; readonly video: boolean; readonly how: How; readonly length_ms: number })
  | (Stamped & { readonly type: "partied"; readonly party: Party });

export interface Hidden {
  readonly conversation: string;
  readonly version: number;
  readonly until?: number;
  readonly type: "hidden";
}

/** What a person is shown of a version, or that there is something that they may not see. */
export type Seen = Happened | Hidden;

/** A person as others see them. */
export interface Profile {
  readonly person: string;
  readonly name?: string;
  readonly about?: string;
}

/** How one stands to somebody, as one knows it. */
export interface Bond {
  readonly person: string;
  readonly version: number;
  readonly state: "none" | "asked" | "asks" | "friend";
  readonly blocked: boolean;
  readonly at: number;
}

/** A device of one's own. */
export interface Device {
  readonly device: string;
  readonly live: boolean;
  readonly seen_at?: number;
  readonly revoked_at?: number;
}

export type Ephemeral =
  | (Marks & { readonly type: "receipt"; readonly conversation: string; readonly by: string })
  | { readonly type: "typing"; readonly conversation: string; readonly by: string }
  /** To who handles them: the reports of a conversation are others than before. */
  | { readonly type: "reported"; readonly conversation: string; readonly outcome?: "acted" | "dismissed" }
  | (Profile & { readonly type: "profile" })
  | CallSignal
  | {
      readonly type: "heads";
      readonly heads: readonly (readonly [string, number])[];
      /** What is held of them is to be seen otherwise: after a block, or its end. */
      readonly reset?: boolean;
    };
