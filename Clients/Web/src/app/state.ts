import { computed, signal } from "@preact/signals";
import type { Account } from "../sync/account.js";
import type { Pending } from "../sync/outbox.js";
import type { Entry, Marks, Profile, Refusal } from "../wire/types.js";
import { entryOf, timeOf, type ConversationView } from "../views/entry.js";

export interface Notice {
  readonly text: string;
  readonly refusal?: Refusal;
}

/** Who is signed in; undefined while that is being found out. */
export const account = signal<Account | null | undefined>(undefined);

/** Why one is out again, where that was not one's own wish. */
export const parting = signal("");

/** Whether what is done now reaches a host: `starting` until the first time that it did. */
export const link = signal<"starting" | "open" | "lost">("starting");

/** Whether a host is there and does not let one in. */
export const isKeptOut = signal(false);

export const views = signal<ReadonlyMap<string, ConversationView>>(new Map());
export const pending = signal<readonly Pending[]>([]);
export const drafts = signal<ReadonlyMap<string, string>>(new Map());
export const profiles = signal<ReadonlyMap<string, Profile>>(new Map());

/** Who writes where, and until when that holds. */
export const typing = signal<ReadonlyMap<string, ReadonlyMap<string, number>>>(new Map());

/** How far others are, as far as that was heard. */
export const receipts = signal<ReadonlyMap<string, ReadonlyMap<string, Marks>>>(new Map());

/** How often one was told that the reports of a conversation are others than before. */
export const reported = signal<ReadonlyMap<string, number>>(new Map());

/** One line under the street, for a while. */
export const notice = signal<Notice | null>(null);

const cache = new WeakMap<ConversationView, Entry | null>();

const cached = (view: ConversationView): Entry | null => {
  const known = cache.get(view);
  if (known !== undefined) return known;
  const entry = entryOf(view);
  cache.set(view, entry);
  return entry;
};

// When it happened, also where that was elsewhere and long before it came here.
const latest = (entry: Entry): number => (entry.last ? timeOf(entry.last) : 0);

/** The inbox: what happened last comes first; what one was asked into, and nobody has answered, before it. */
export const inbox = computed<readonly Entry[]>(() =>
  [...views.value.values()]
    .map(cached)
    .filter((entry) => entry !== null && entry.standing !== "former")
    .map((entry) => entry as Entry)
    .sort(
      (a, b) =>
        Number(b.standing === "invited") - Number(a.standing === "invited") ||
        latest(b) - latest(a) ||
        (a.conversation < b.conversation ? -1 : 1),
    ),
);

/** The one count of the badge: the sum of the rows. */
export const unreadTotal = computed(() => inbox.value.reduce((sum, entry) => sum + entry.unread, 0));

export const waiting = computed(
  () => pending.value.filter((item) => !item.refusal && !item.receipt && item.command.verb === "send").length,
);

export const me = computed(() => account.value?.person ?? "");
