import { batch, computed, signal } from "@preact/signals";
import type { HistoryPage, Seen } from "../wire/types.js";
import { noCalls, withLines } from "../views/called.js";
import { evolveHistory } from "../views/history.js";
import { byNumber, grown, trimmed, type Window } from "../views/window.js";
import { follow, ask } from "./start.js";
import { views } from "./state.js";

const page = 100;

/** The part of a conversation that is on the page: it follows the end, or stands somewhere earlier. */
export class Timeline {
  readonly window = signal<Window>({ messages: new Map(), before: false, after: false, grew: "anew" });
  /** The calls of all that was fetched. */
  readonly calls = signal(noCalls);
  readonly loading = signal<"before" | "after" | "anew" | null>(null);
  readonly isLoading = computed(() => this.loading.value !== null);
  readonly isStuck = signal(false);
  private readonly stop: () => void;
  /** What the view held when it was last looked at: another one, and nothing that led to it, was fetched anew. */
  private known: unknown;

  constructor(
    readonly conversation: string,
    at: number | null,
  ) {
    this.toEnd();
    this.known = views.value.get(conversation)?.history;
    this.stop = follow((changed, by) => {
      if (changed === conversation) this.changed(by);
    });
    if (at !== null) void this.openAt(at);
  }

  close(): void {
    this.stop();
  }

  /** Back to the newest, which are held already. */
  toEnd(): void {
    const view = views.value.get(this.conversation);
    if (view) this.window.value = { messages: view.history, before: !view.fromStart, after: false, grew: "anew" };
  }

  holds(seq: number): boolean {
    return this.window.value.messages.has(seq);
  }

  async openAt(seq: number): Promise<boolean> {
    if (this.holds(seq)) return true;
    await this.fetch("anew", { around: seq, limit: page }, (found) => this.place(found));
    return this.holds(seq);
  }

  private place(found: HistoryPage): void {
    const first = found.messages[0]?.seq ?? 0;
    const last = found.messages.at(-1)?.seq ?? 0;
    const end = views.value.get(this.conversation)?.state.lastSeq ?? 0;
    this.window.value = { messages: byNumber(found.messages), before: first > 1, after: last < end, grew: "anew" };
  }

  async more(where: "before" | "after"): Promise<void> {
    const { messages, before, after } = this.window.value;
    if (this.loading.value || !(where === "before" ? before : after)) return;
    const keys = [...messages.keys()];
    const edge = (where === "before" ? keys[0] : keys.at(-1)) ?? Number.MAX_SAFE_INTEGER;
    await this.fetch(where, { [where]: edge, limit: page }, (found) => {
      this.window.value = trimmed(grown(this.window.value, where, found));
    });
  }

  private async fetch(
    what: "before" | "after" | "anew",
    anchor: object,
    take: (found: HistoryPage) => void,
  ): Promise<void> {
    this.loading.value = what;
    const answer = await ask<HistoryPage>("conversation", this.conversation, "history", anchor);
    // Together, for all of it to be drawn once.
    batch(() => {
      this.loading.value = null;
      this.isStuck.value = !("ok" in answer);
      if (!("ok" in answer)) return;
      this.calls.value = withLines(this.calls.value, answer.ok.lines);
      take(answer.ok);
    });
  }

  // The same fold as the view's, over what is on the page; what is said after a gap stays out of it.
  private changed(by: readonly Seen[]): void {
    const held = views.value.get(this.conversation)?.history;
    const isSame = held === this.known;
    this.known = held;
    if (by.length === 0) return isSame ? undefined : void this.refetched();
    const { messages, after, before } = this.window.value;
    const next = by.filter((seen) => !(after && seen.type === "message")).reduce(evolveHistory, messages);
    if (next !== messages) this.window.value = { messages: next, before, after, grew: "after" };
  }

  // What is shown may have a hole, or what is not to be seen any more: after a block, or its end.
  private async refetched(): Promise<void> {
    const view = views.value.get(this.conversation);
    if (!view) return;
    const shown = [...this.window.value.messages.keys()];
    const isOfTheEnd = !this.window.value.after && (shown[0] ?? 0) >= ([...view.history.keys()][0] ?? 0);
    if (isOfTheEnd || shown.length === 0) return this.toEnd();
    const around = shown[shown.length >> 1] ?? 0;
    await this.fetch("anew", { around, limit: page }, (found) => this.place(found));
  }
}
