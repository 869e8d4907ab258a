import { signal } from "@preact/signals";

const said = signal("");

/** Said aloud when nothing else is being said; the same words twice are still heard. */
export function announce(text: string): void {
  said.value = said.value === text ? `${text}\u00a0` : text;
}

export const Announcer = () => (
  <div class="sr-only" role="status" aria-live="polite">
    {said.value}
  </div>
);

/** Reads new messages out; three or more within two seconds are only counted. */
export class Reader {
  constructor(private readonly what = "new messages") {}

  private waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  read(text: string): void {
    this.waiting.push(text);
    this.timer ??= setTimeout(() => {
      const { length } = this.waiting;
      announce(length < 3 ? this.waiting.join(". ") : `${length} ${this.what}`);
      this.waiting = [];
      this.timer = undefined;
    }, 2000);
  }
}
