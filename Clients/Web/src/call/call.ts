import { effect } from "@preact/signals";
import { onSignal } from "../app/house/house.js";
import { room } from "../app/house/state.js";
import { askOnce } from "../app/start.js";
import { account } from "../app/state.js";
import { newId } from "../sync/ids.js";
import type { CallSignal } from "../wire/calls.js";
import { whenGone } from "./gone.js";
import { listen } from "./loudness.js";
import { Mesh } from "./mesh.js";
import { relays } from "./relays.js";
import { myMedia, peered, silent, type Mine, type Peered } from "./state.js";

type Kind = "mic" | "cam";

type Take = (by: string, device: string, data: string) => void;

/** Among whom a call is, and how their devices reach each other. */
interface Among {
  /** Passes something on to one device of somebody, or to all of them. */
  send(to: string, device: string | undefined, data: string): void;
  /** Gives what others pass on; ends with what it gives. */
  hear(take: Take): () => void;
  /** Who else is on it; null where nobody can say. */
  people(): readonly string[] | null;
}

/** A call, of a room or of two, while this device is on it: also where one looks elsewhere meanwhile. */
export class Call {
  private readonly stream = new MediaStream();
  private readonly heard = new Map<MediaStream, HTMLAudioElement>();
  private readonly mesh: Promise<Mesh>;
  private isOver = false;
  private ends: readonly (() => void)[] = [];
  private deaf: () => void = () => undefined;

  constructor(
    readonly id: string,
    private readonly among: Among,
  ) {
    this.mesh = this.connect();
  }

  private async connect(): Promise<Mesh> {
    const servers = await relays();
    const { person = "", device = "" } = account.value ?? {};
    const { among } = this;
    const changed = (peers: readonly Peered[]): void => {
      if (this.isOver) return;
      peered.value = peers;
      this.play(peers);
    };
    const mesh = new Mesh(person, device, newId(), this.stream, { send: among.send, changed }, servers);
    if (this.isOver) return mesh;
    this.ends = [
      among.hear((by, from, data) => mesh.hear(by, from, data)),
      effect(() => {
        const people = among.people();
        if (people) mesh.among(people);
      }),
    ];
    return mesh;
  }

  /** On or off; where the browser gives none, it is said why. */
  async toggle(kind: Kind): Promise<void> {
    if (myMedia.value[kind]) this.stop(kind);
    else {
      try {
        await this.start(kind);
      } catch (fault) {
        this.change({ trouble: troubleOf(kind, fault) });
        return;
      }
    }
    this.share();
  }

  close(): void {
    this.isOver = true;
    for (const end of this.ends) end();
    this.hush();
    void this.mesh.then((mesh) => mesh.close());
    for (const track of this.stream.getTracks()) track.stop();
    this.play([]);
    myMedia.value = silent;
    peered.value = [];
  }

  private async start(kind: Kind): Promise<void> {
    const wanted = kind === "mic" ? { audio: true } : { video: { width: { ideal: 640 }, height: { ideal: 480 } } };
    const [track] = (await navigator.mediaDevices.getUserMedia(wanted)).getTracks();
    if (!track) throw new DOMException("", "NotFoundError");
    if (this.isOver) return track.stop();
    this.stream.addTrack(track);
    // Pulled out, or taken away by the browser.
    track.onended = () => this.stop(kind);
    if (kind === "mic") this.deaf = listen(track, (speaking) => this.change({ speaking }));
    this.change({ [kind]: true, trouble: "" });
  }

  private stop(kind: Kind): void {
    const tracks = kind === "mic" ? this.stream.getAudioTracks() : this.stream.getVideoTracks();
    for (const track of tracks) {
      track.stop();
      this.stream.removeTrack(track);
    }
    if (kind === "mic") this.hush();
    this.share();
    this.change({ [kind]: false, trouble: "", ...(kind === "mic" ? { speaking: false } : {}) });
  }

  // What listens is closed once: the browser takes a second time amiss.
  private hush(): void {
    this.deaf();
    this.deaf = () => undefined;
  }

  private change(by: Partial<Mine>): void {
    myMedia.value = { ...myMedia.value, ...by, stream: this.stream };
    const { mic, cam, speaking } = myMedia.value;
    void this.mesh.then((mesh) => mesh.tell({ mic, cam, speaking }));
  }

  private share(): void {
    void this.mesh.then((mesh) => this.isOver || mesh.share(this.stream.getTracks()));
  }

  // What is said is heard wherever one looks; what is seen, only in the room.
  private play(peers: readonly Peered[]): void {
    const streams = new Set(peers.flatMap(({ stream }) => stream ?? []));
    for (const [stream, audio] of this.heard)
      if (!streams.has(stream)) {
        audio.srcObject = null;
        this.heard.delete(stream);
      }
    for (const stream of streams)
      if (!this.heard.has(stream))
        this.heard.set(stream, Object.assign(new Audio(), { srcObject: stream, autoplay: true }));
  }
}

function troubleOf(kind: Kind, fault: unknown): string {
  const what = kind === "mic" ? "microphone" : "camera";
  const name = fault instanceof DOMException ? fault.name : "";
  if (name === "NotAllowedError")
    return `The browser keeps the ${what} from Chat. Allow it beside the address, then try again.`;
  if (name === "NotReadableError") return `Something else has the ${what} just now. Close it there, then try again.`;
  return `No ${what} was found. You can still write, laugh and wave.`;
}

let call: Call | null = null;

/** The call of the room one is in: begun when one looks into it, and ended when one is out. */
export function callOf(id: string): Call {
  if (call?.id === id) return call;
  const begun = begin(id, {
    send: (to, device, data) => void askOnce("room", id, "signal", { to, data, ...(device ? { device } : {}) }),
    hear: onSignal,
    people: () => (room.value?.room === id ? room.value.occupants.map((one) => one.person) : null),
  });
  const end = effect(() => {
    if (room.value?.room === id && account.value) return;
    finish(begun);
    queueMicrotask(() => end());
  });
  return begun;
}

/** What a call of two needs besides: what the other passes on, and who ends it where they are gone. */
interface Two {
  hear(take: (signal: CallSignal) => void): () => void;
  gone(): void;
}

/** The call with somebody, under its number: one is heard at once, and seen where that is asked. */
export function callWith(other: string, number: number, isSeen: boolean, { hear, gone }: Two): () => void {
  const begun = begin(`${other} ${number}`, {
    send: (_, __, data) => void askOnce("call", other, "signal", { number, data }),
    hear: (take) =>
      hear((signal) => {
        if (signal.number === number && signal.by === other) take(other, signal.device, signal.data);
      }),
    people: () => [other],
  });
  void begun.toggle("mic").then(() => (isSeen ? begun.toggle("cam") : undefined));
  const end = whenGone(gone);
  return () => {
    end();
    finish(begun);
  };
}

function begin(id: string, among: Among): Call {
  call?.close();
  return (call = new Call(id, among));
}

function finish(ended: Call): void {
  ended.close();
  if (call === ended) call = null;
}

/** Turns what one gives to the call that is on. */
export const toggle = (kind: Kind): Promise<void> => call?.toggle(kind) ?? Promise.resolve();
