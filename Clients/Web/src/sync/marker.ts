type Verb = "read" | "delivered";
type Send = (conversation: string, verb: Verb, seq: number) => Promise<boolean>;

/** Tells how far one is, soon rather than at once: many messages become one mark, and none is lost while away. */
export class Marker {
  private readonly wanted = new Map<string, { conversation: string; verb: Verb; seq: number }>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly send: Send,
    private readonly delay = 250,
  ) {}

  want(conversation: string, verb: Verb, seq: number): void {
    const key = `${verb} ${conversation}`;
    if ((this.wanted.get(key)?.seq ?? 0) >= seq) return;
    this.wanted.set(key, { conversation, verb, seq });
    this.timer ??= setTimeout(() => void this.flush(), this.delay);
  }

  /** Tells all that is still to be told; what does not go through waits for the next time. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [key, one] of [...this.wanted]) {
      const isDone = await this.send(one.conversation, one.verb, one.seq);
      if (isDone && this.wanted.get(key)?.seq === one.seq) this.wanted.delete(key);
    }
  }
}
