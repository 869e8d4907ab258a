import type { Answer, Command, Receipt, Refusal } from "../wire/types.js";
import { newId, nextOrder } from "./ids.js";
import { isPassing, pauseAfter } from "./transport.js";

export type Message = Extract<Command, { verb: "send" | "edit" | "redact" | "react" | "unreact" }>;

/** Something that a person did and that is not yet in what is held. */
export interface Pending {
  readonly id: string;
  readonly order: number;
  readonly conversation: string;
  readonly command: Message;
  readonly at: number;
  /** The last message when it was written: what it becomes comes after it. */
  readonly after: number;
  readonly refusal?: Refusal;
  readonly receipt?: Receipt;
}

/** The part of the browser's storage that is needed. */
export interface Shelf {
  keys(prefix: string): readonly string[];
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

type Ask = (pending: Pending) => Promise<Answer<Receipt>>;

/**
 * What is to be sent, in the order in which it was written, each under the id that it was given then, however often it
 * has to be tried; kept where a reload finds it.
 */
export class Outbox {
  private items: readonly Pending[];
  private readonly running = new Set<string>();
  private wakers: (() => void)[] = [];

  constructor(
    private readonly prefix: string,
    private readonly shelf: Shelf,
    private readonly ask: Ask,
    private readonly changed: (items: readonly Pending[]) => void,
  ) {
    this.items = shelf
      .keys(prefix)
      .map((key) => parse(shelf.get(key)))
      .filter((one) => one !== null)
      .sort((a, b) => a.order - b.order);
    changed(this.items);
  }

  add(conversation: string, command: Message, after: number): Pending {
    const at = Date.now();
    const pending = { id: newId(), order: nextOrder(at), conversation, command, at, after };
    this.shelf.set(this.prefix + pending.id, JSON.stringify(pending));
    this.set([...this.items, pending]);
    void this.run(conversation);
    return pending;
  }

  /** Tries again at once whatever waits. */
  wake(): void {
    const wakers = this.wakers;
    this.wakers = [];
    for (const wake of wakers) wake();
    for (const conversation of new Set(this.items.map((item) => item.conversation))) void this.run(conversation);
  }

  /** What is held has got this far: what was accepted up to there is in it. */
  settle(conversation: string, version: number): void {
    const isIn = (item: Pending): boolean =>
      item.conversation === conversation && item.receipt !== undefined && item.receipt.version <= version;
    for (const item of this.items.filter(isIn)) this.remove(item.id);
  }

  remove(id: string): void {
    this.shelf.remove(this.prefix + id);
    if (this.items.some((item) => item.id === id)) this.set(this.items.filter((item) => item.id !== id));
  }

  private async run(conversation: string): Promise<void> {
    if (this.running.has(conversation)) return;
    this.running.add(conversation);
    for (let next = this.next(conversation), attempt = 0; next; next = this.next(conversation)) {
      const answer = await this.ask(next);
      if ("ok" in answer) {
        attempt = 0;
        // Accepted: another try, after a reload, would only be told the same.
        this.replace({ ...next, receipt: answer.ok });
      } else if (isPassing(answer.refused.code)) {
        await this.pause(pauseAfter(attempt++, answer.refused.retry_after_ms));
      } else {
        attempt = 0;
        const refused = { ...next, refusal: answer.refused };
        this.shelf.set(this.prefix + next.id, JSON.stringify(refused));
        this.replace(refused);
      }
    }
    this.running.delete(conversation);
  }

  private next(conversation: string): Pending | undefined {
    return this.items.find((item) => item.conversation === conversation && !item.refusal && !item.receipt);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private replace(item: Pending): void {
    if (this.items.some((one) => one.id === item.id))
      this.set(this.items.map((one) => (one.id === item.id ? item : one)));
  }

  private set(items: readonly Pending[]): void {
    this.items = items;
    this.changed(items);
  }
}

function parse(text: string | null): Pending | null {
  try {
    return text === null ? null : (JSON.parse(text) as Pending);
  } catch {
    return null;
  }
}
