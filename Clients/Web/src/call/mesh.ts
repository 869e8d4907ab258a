import { Peer, type Signalled } from "./peer.js";
import type { Peered, Told } from "./state.js";

/** A message between two devices in a call. `call` is of one stay: whoever loads the page anew is somebody new. */
interface Message extends Signalled {
  readonly call: string;
  readonly to?: string;
  readonly hello?: "new" | "back";
  readonly bye?: true;
}

export interface MeshOutside {
  /** To one device of somebody, or to all of them. */
  send(person: string, device: string | undefined, data: string): void;
  changed(peers: readonly Peered[]): void;
}

interface Held {
  readonly peer: Peer;
  readonly call: string;
  seen: Peered;
}

const helloAgain = 4000;
const helloes = 4;

/** Connects a device to each device of everybody else in the room. */
export class Mesh {
  private readonly held = new Map<string, Held>();
  private readonly greeted = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told: Told = { mic: false, cam: false, speaking: false };
  private tracks: readonly MediaStreamTrack[] = [];

  constructor(
    private readonly person: string,
    private readonly device: string,
    private readonly call: string,
    private readonly stream: MediaStream,
    private readonly outside: MeshOutside,
    private readonly servers: readonly RTCIceServer[] = [],
  ) {}

  /** Who else is in the room now. */
  among(people: readonly string[]): void {
    for (const [key, { seen }] of this.held) if (!people.includes(seen.person)) this.drop(key);
    for (const person of [...this.greeted.keys()]) if (!people.includes(person)) this.greeted.delete(person);
    for (const person of people)
      if (person !== this.person && !this.greeted.has(person)) {
        this.greeted.set(person, 1);
        this.say(person, undefined, { hello: "new" });
      }
    this.timer ??= setTimeout(() => this.greet(), helloAgain);
  }

  // A greeting may have been lost; whoever has no part in the call answers none.
  private greet(): void {
    this.timer = undefined;
    const connected = new Set(
      [...this.held.values()].filter(({ seen }) => seen.isConnected).map((one) => one.seen.person),
    );
    for (const [person, times] of this.greeted)
      if (!connected.has(person) && times < helloes) {
        this.greeted.set(person, times + 1);
        this.say(person, undefined, { hello: "new" });
        this.timer ??= setTimeout(() => this.greet(), helloAgain);
      }
  }

  hear(person: string, device: string, data: string): void {
    const message = read(data);
    if (!message || person === this.person || (message.to ?? this.device) !== this.device) return;
    const key = `${person} ${device}`;
    const before = this.held.get(key);
    if (message.bye) return before?.call === message.call ? this.drop(key) : undefined;
    if (before && before.call !== message.call) this.drop(key);
    const peer = this.held.get(key)?.peer ?? this.add(key, person, device, message.call);
    if (message.hello === "new") {
      this.say(person, device, { hello: "back" });
      if (before?.call === message.call && !before.seen.isConnected) peer.again();
    }
    if (message.description || message.candidates) peer.hear(message);
  }

  share(tracks: readonly MediaStreamTrack[]): void {
    this.tracks = tracks;
    for (const { peer } of this.held.values()) peer.share(tracks, this.stream);
  }

  tell(told: Told): void {
    this.told = told;
    for (const { peer } of this.held.values()) peer.tell(told);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const [key, { seen }] of this.held) {
      this.say(seen.person, seen.device, { bye: true });
      this.drop(key);
    }
  }

  private add(key: string, person: string, device: string, call: string): Peer {
    const change = (by: Partial<Peered>): void => {
      const held = this.held.get(key);
      if (held?.peer !== peer) return;
      held.seen = { ...held.seen, ...by };
      this.changed();
    };
    const isPolite = `${this.person}.${this.device}` < `${person}.${device}`;
    const peer = new Peer(
      isPolite,
      {
        send: (signal) => this.say(person, device, signal),
        told: change,
        stream: (stream) => change({ stream }),
        connected: (isConnected) => change({ isConnected }),
      },
      this.told,
      this.servers,
    );
    const seen = { person, device, stream: null, isConnected: false, mic: false, cam: false, speaking: false };
    this.held.set(key, { peer, call, seen });
    peer.share(this.tracks, this.stream);
    this.changed();
    return peer;
  }

  private drop(key: string): void {
    this.held.get(key)?.peer.close();
    if (this.held.delete(key)) this.changed();
  }

  private changed(): void {
    this.outside.changed([...this.held.values()].map(({ seen }) => seen));
  }

  private say(person: string, device: string | undefined, message: Omit<Message, "call">): void {
    const to = device === undefined ? {} : { to: device };
    this.outside.send(person, device, JSON.stringify({ ...message, ...to, call: this.call }));
  }
}

function read(data: string): Message | null {
  try {
    const message = JSON.parse(data) as Message | null;
    return message && typeof message === "object" && typeof message.call === "string" ? message : null;
  } catch {
    return null;
  }
}
