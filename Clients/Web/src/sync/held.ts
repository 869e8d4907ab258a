import { asKnown } from "../wire/codec.js";
import type { Marks, Resumption, Seen } from "../wire/types.js";
import { noCalls, withLines } from "../views/called.js";
import { evolve, isNext, mark, viewFrom, viewOf } from "../views/conversation.js";
import { type ConversationView } from "../views/entry.js";
import { leaverOf } from "../views/state.js";

/** What became of something heard: folded in, known before, or beyond a hole. */
export type Taken = "taken" | "known" | "behind";

/** The views that a session holds, and the rules by which what is heard and what is fetched join on to them. */
export class Held {
  readonly views = new Map<string, ConversationView>();

  constructor(
    readonly viewer: string,
    private readonly changed: (conversation: string, view: ConversationView | null, by: readonly Seen[]) => void,
  ) {}

  clear(): void {
    for (const conversation of [...this.views.keys()]) this.drop(conversation);
  }

  versionOf(conversation: string): number {
    return this.views.get(conversation)?.state.version ?? 0;
  }

  /** Whether it is announced otherwise than it is held; what one is asked into is held at no version. */
  isNews(conversation: string, version: number): boolean {
    return this.versionOf(conversation) !== version || (version === 0 && this.views.has(conversation));
  }

  isBehind(conversation: string, version: number): boolean {
    return this.versionOf(conversation) < version;
  }

  /** Whether what is held goes beyond what begins anew. */
  isBeyond(one: Resumption): boolean {
    return "reset" in one && this.versionOf(one.conversation) > one.reset.entry.version;
  }

  take(seen: Seen): Taken {
    const view = this.views.get(seen.conversation);
    // Where one is not in, as far as one knows, what is heard may be of long before, or begin in the middle.
    if (!view?.state.version) return "behind";
    if (!isNext(view, seen)) return this.isBehind(seen.conversation, seen.version) ? "behind" : "known";
    // Whoever went holds it no more; what comes after, an invitation perhaps, begins anew.
    if (leaverOf(seen) === this.viewer) this.drop(seen.conversation);
    else this.put(evolve(view, seen), [seen]);
    return "taken";
  }

  mark(conversation: string, marks: Marks): void {
    const view = this.views.get(conversation);
    const after = view && mark(view, marks);
    if (after && after !== view) this.put(after, []);
  }

  /** Whether what was missed joins on to what is held. */
  fits(missed: Resumption): boolean {
    if (!("events" in missed)) return true;
    const first = missed.events[0];
    return !first || !this.isBehind(missed.conversation, first.version - 1);
  }

  /** Takes what was fetched; gives how many messages of others it brought. */
  resume(one: Resumption): number {
    if ("left" in one) {
      this.drop(one.conversation);
      return 0;
    }
    return "reset" in one ? this.reset(one) : this.missed(one);
  }

  private missed(one: Extract<Resumption, { events: unknown }>): number {
    let view = this.views.get(one.conversation) ?? viewOf(one.conversation, this.viewer);
    const taken: Seen[] = [];
    for (const seen of one.events.map(asKnown))
      if (isNext(view, seen)) {
        view = evolve(view, seen);
        taken.push(seen);
      }
    if (view.state.kind) this.put(mark(view, one), taken);
    return taken.filter((seen) => seen.type === "message" && seen.by !== this.viewer).length;
  }

  // Also where what is held is newer: what came before may be seen otherwise now.
  private reset(one: Extract<Resumption, { reset: unknown }>): number {
    const { entry } = one.reset;
    const before = this.views.get(one.conversation);
    const calls = withLines(before?.calls ?? noCalls, one.lines);
    this.put({ ...viewFrom(this.viewer, one.reset, one.messages), calls }, []);
    const last = before?.state.lastSeq ?? entry.seq;
    return one.messages.filter((message) => message.seq > last && message.by !== this.viewer).length;
  }

  /** Its person is not in it. */
  drop(conversation: string): void {
    if (this.views.delete(conversation)) this.changed(conversation, null, []);
  }

  private put(view: ConversationView, by: readonly Seen[]): void {
    this.views.set(view.conversation, view);
    this.changed(view.conversation, view, by);
  }
}
