import type { WordRule } from "./governing.js";
import type { Attachment, Grant, Kind, RoleEntry, Settings } from "./types.js";

/** A request that changes a conversation, apart from its client id. */
export type Command =
  | { readonly verb: "create"; readonly kind: Kind; readonly members: readonly string[]; readonly name?: string }
  | {
      readonly verb: "send";
      readonly body: string;
      readonly reply_to?: number;
      readonly mentions?: readonly string[];
      readonly attachments?: readonly Attachment[];
      readonly roles?: readonly string[];
    }
  | {
      readonly verb: "edit";
      readonly seq: number;
      readonly body: string;
      readonly mentions?: readonly string[];
      readonly roles?: readonly string[];
    }
  | { readonly verb: "redact"; readonly seq: number }
  | { readonly verb: "react" | "unreact"; readonly seq: number; readonly emoji: string }
  | { readonly verb: "rename"; readonly name: string }
  | { readonly verb: "topic"; readonly topic: string }
  | { readonly verb: "nickname"; readonly nickname: string }
  | { readonly verb: "invite"; readonly people: readonly string[] }
  | { readonly verb: "leave" }
  | { readonly verb: "join"; readonly link?: string }
  | { readonly verb: "link"; readonly link: string; readonly for_ms?: number; readonly max_uses?: number }
  | { readonly verb: "unlink"; readonly link: string }
  | { readonly verb: "words"; readonly words: readonly WordRule[] }
  | { readonly verb: "unban" | "uninvite" | "transfer"; readonly person: string }
  | { readonly verb: "kick"; readonly person: string; readonly reason?: string }
  | {
      readonly verb: "ban";
      readonly person: string;
      readonly for_ms?: number;
      readonly reason?: string;
      readonly purge_ms?: number;
    }
  | { readonly verb: "timeout"; readonly person: string; readonly for_ms: number; readonly reason?: string }
  | { readonly verb: "pin" | "unpin"; readonly seq: number }
  | ({ readonly verb: "settings" } & Partial<Settings>)
  | ({ readonly verb: "role" } & RoleEntry)
  | { readonly verb: "drop_role"; readonly role: string }
  | ({ readonly verb: "assign"; readonly person: string; readonly roles: readonly string[] } & Grant)
  | { readonly verb: "knock"; readonly reason?: string };
