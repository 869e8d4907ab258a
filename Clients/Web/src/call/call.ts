import { effect } from "@preact/signals";
import { onSignal } from "../app/house/house.js";
import { room } from "../app/house/state.js";
import { askOnce } from "../app/start.js";
import { account } from "../app/state.js";
import { newId } from "../sync/ids.js";
import { listen } from "./loudness.js";
import { Mesh } from "./mesh.js";
import { myMedia, peered, silent, type Mine, type Peered } from "./state.js";

type Kind = "mic" | "cam";

/** The call of a room, while this device is in it: also where one looks elsewhere meanwhile. */
export class Call {
  private readonly stream = new MediaStream();
  private readonly mesh: Mesh;
  private readonly heard = new Map<MediaStream, HTMLAudioElement>();
  private readonly ends: (() => void)[];
  private deaf: () => void = () => undefined;

  constructor(readonly id: string) {
    const { person = "", device = "" } = account.value ?? {};
    this.mesh = new Mesh(person, device, newId(), this.stream, {
      send: (to, at, data) => void askOnce("room", id, "signal", { to, data, ...(at ? { device: at } : {}) }),
      changed: (peers) => {
        peered.value = peers;
        this.play(peers);
      },
    });
    this.ends = [
      onSignal((by, from, data) => this.mesh.hear(by, from, data)),
      effect(() => {
        const view = room.value;
        if (view?.room === id) this.mesh.among(view.occupants.map((one) => one.person));
      }),
    ];
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
    this.mesh.share(this.stream.getTracks());
  }

  close(): void {
    for (const end of this.ends) end();
    this.hush();
    this.mesh.close();
    for (const track of this.stream.getTracks()) track.stop();
    this.play([]);
    myMedia.value = silent;
    peered.value = [];
  }

  private async start(kind: Kind): Promise<void> {
    const wanted = kind === "mic" ? { audio: true } : { video: { width: { ideal: 640 }, height: { ideal: 480 } } };
    const [track] = (await navigator.mediaDevices.getUserMedia(wanted)).getTracks();
    if (!track) throw new DOMException("", "NotFoundError");
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
    this.mesh.share(this.stream.getTracks());
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
    this.mesh.tell({ mic, cam, speaking });
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
  call?.close();
  const begun = new Call(id);
  call = begun;
  const end = effect(() => {
    if (room.value?.room === id && account.value) return;
    begun.close();
    if (call === begun) call = null;
    queueMicrotask(() => end());
  });
  return begun;
}
