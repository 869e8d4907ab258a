import { encode } from "@msgpack/msgpack";
import type { Link, Transport } from "../src/sync/transport.js";
import type { Answer, Resumption, Seen } from "../src/wire/types.js";

type Asked = { verb: string; body: Record<string, unknown> };

/** A network that one holds in one's hand. */
export class Hand implements Transport {
  asked: Asked[] = [];
  answers: ((asked: Asked) => Answer<unknown> | undefined)[] = [];
  event: (bytes: Uint8Array) => void = () => undefined;
  ephemeral: (bytes: Uint8Array) => void = () => undefined;
  link: (link: Link) => void = () => undefined;

  ask<T>(_area: string, _id: string, verb: string, body: object): Promise<Answer<T>> {
    const asked = { verb, body: body as Record<string, unknown> };
    this.asked.push(asked);
    for (const answer of this.answers) {
      const given = answer(asked);
      if (given) return Promise.resolve(given as Answer<T>);
    }
    return Promise.resolve({ ok: { cursor: "same", reset: false, conversations: [], more: false } as T });
  }

  onEvent(take: (bytes: Uint8Array) => void): void {
    this.event = take;
  }

  onEphemeral(take: (bytes: Uint8Array) => void): void {
    this.ephemeral = take;
  }

  onLink(take: (link: Link) => void): void {
    this.link = take;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  hear(seen: Seen): void {
    this.event(encode(seen));
  }

  /** What the next resume answers. */
  missed(...conversations: Resumption[]): void {
    let isGiven = false;
    this.answers.push(({ verb }) => {
      if (verb !== "resume" || isGiven) return undefined;
      isGiven = true;
      return { ok: { cursor: `after ${this.asked.length}`, reset: false, conversations, more: false } };
    });
  }
}
