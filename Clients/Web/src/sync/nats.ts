import { AuthorizationError, tokenAuthenticator, wsconnect, type NatsConnection } from "@nats-io/nats-core";
import { readAnswer, toBytes } from "../wire/codec.js";
import * as subjects from "../wire/subjects.js";
import type { Answer } from "../wire/types.js";
import { unanswered, type Link, type Transport } from "./transport.js";

export interface Account {
  readonly person: string;
  readonly device: string;
  readonly token: string;
}

const patience = 5000;

/** Connects as a device to one of the servers, of which there are commas between, and keeps connecting. */
export async function connect(urls: string, account: Account): Promise<Transport> {
  const { person, device } = account;
  let attempts = 0;
  const connection = await wsconnect({
    servers: urls.split(","),
    name: "chat-web",
    inboxPrefix: subjects.inbox(person, device),
    authenticator: tokenAuthenticator(() => account.token),
    // One slow answer of the callout must not end a connection for good.
    ignoreAuthErrorAbort: true,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => 200 + Math.random() * Math.min(2800, 400 * ++attempts),
    pingInterval: 15_000,
    maxPingOut: 2,
    waitOnFirstConnect: false,
  });
  return new NatsTransport(connection, person, device, () => (attempts = 0));
}

class NatsTransport implements Transport {
  private link: (link: Link) => void = () => undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly person: string,
    private readonly device: string,
    private readonly arrived: () => void,
  ) {
    void this.watch();
  }

  async ask<T>(area: string, id: string, verb: string, body: object): Promise<Answer<T>> {
    const subject = subjects.request(this.person, this.device, area, id, verb);
    try {
      const reply = await this.connection.request(subject, toBytes(body), { timeout: patience });
      return readAnswer<T>(reply.data);
    } catch {
      // No host, no answer in time, no connection: all the same to the caller, who may always try again.
      return unanswered;
    }
  }

  onEvent(take: (bytes: Uint8Array) => void): void {
    this.subscribe(subjects.events(this.person), take);
  }

  onEphemeral(take: (bytes: Uint8Array) => void): void {
    this.subscribe(subjects.ephemerals(this.person), take);
  }

  onLink(take: (link: Link) => void): void {
    this.link = take;
    // What is subscribed before something is asked is heard by then: one connection is read in order.
    take("open");
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private subscribe(subject: string, take: (bytes: Uint8Array) => void): void {
    this.connection.subscribe(subject, {
      callback: (fault, message) => {
        if (!fault) take(message.data);
      },
    });
  }

  private async watch(): Promise<void> {
    let turnedAway = 0;
    for await (const status of this.connection.status()) {
      if (status.type === "reconnect") {
        turnedAway = 0;
        this.arrived();
      }
      // Once may be a slow answer of the callout.
      if (status.type === "error" && status.error instanceof AuthorizationError && ++turnedAway === 3) this.link("out");
      if (status.type === "disconnect" || status.type === "staleConnection") this.link("lost");
      if (status.type === "reconnect") void this.opened();
      if (status.type === "slowConsumer") void this.opened();
    }
    this.link("lost");
  }

  // A flush comes back behind the subscriptions: what happens from here on is heard.
  private async opened(): Promise<void> {
    try {
      await this.connection.flush();
      this.link("open");
    } catch {
      this.link("lost");
    }
  }
}
