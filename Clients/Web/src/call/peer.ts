import type { Told } from "./state.js";

/** What peers signal to each other; opaque to whoever carries it. */
export interface Signalled {
  readonly description?: RTCSessionDescriptionInit;
  readonly candidates?: readonly RTCIceCandidateInit[];
}

export interface PeerOutside {
  send(signal: Signalled): void;
  told(told: Told): void;
  stream(stream: MediaStream): void;
  connected(isConnected: boolean): void;
}

const batch = 60;

/**
 * One connection to one device. Either side may change what it sends at any time; where both do, the polite one gives
 * way: perfect negotiation, as of the WebRTC specification, section 10.7. Only the very first offer is always the
 * other's, for a browser that gives up an offer before there is a connection may look for no addresses any more.
 */
export class Peer {
  private readonly connection: RTCPeerConnection;
  private readonly channel: RTCDataChannel;
  private isOffering = false;
  private candidates: RTCIceCandidateInit[] = [];
  private readonly all: RTCIceCandidateInit[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly isPolite: boolean,
    private readonly outside: PeerOutside,
    private mine: Told,
    servers: readonly RTCIceServer[],
  ) {
    const connection = new RTCPeerConnection({ iceServers: [...servers] });
    this.connection = connection;
    // Agreed on beforehand: both have it, whoever begins.
    this.channel = connection.createDataChannel("told", { negotiated: true, id: 0 });
    this.channel.onopen = () => {
      this.tell(this.mine);
      outside.connected(true);
    };
    this.channel.onclose = () => outside.connected(false);
    this.channel.onmessage = ({ data }) => this.heard(data);
    connection.onnegotiationneeded = () => void this.offer();
    connection.onicecandidate = ({ candidate }) => candidate && this.found(candidate.toJSON());
    connection.ontrack = ({ streams: [stream] }) => stream && outside.stream(stream);
    connection.oniceconnectionstatechange = () => {
      const { iceConnectionState: state } = connection;
      if (state === "failed") connection.restartIce();
      if (state === "failed" || state === "disconnected") outside.connected(false);
      else if (this.channel.readyState === "open") outside.connected(true);
    };
  }

  /** What they signalled, one after the other. */
  hear(signal: Signalled): void {
    this.turn = this.turn.then(() => this.take(signal)).catch(() => undefined);
  }

  tell(told: Told): void {
    this.mine = told;
    if (this.channel.readyState === "open") this.channel.send(JSON.stringify(told));
  }

  /** Something was lost on the way: what is not answered is signalled once more. */
  again(): void {
    if (this.connection.signalingState === "have-local-offer") this.describe();
    if (this.all.length > 0) this.outside.send({ candidates: this.all });
  }

  /** Sends these tracks and no others. */
  share(tracks: readonly MediaStreamTrack[], stream: MediaStream): void {
    const senders = this.connection.getSenders().filter(({ track }) => track !== null);
    for (const sender of senders)
      if (!tracks.some((track) => track === sender.track)) this.connection.removeTrack(sender);
    for (const track of tracks)
      if (!senders.some((sender) => sender.track === track)) this.connection.addTrack(track, stream);
  }

  close(): void {
    clearTimeout(this.timer);
    this.connection.onnegotiationneeded = null;
    this.channel.onclose = null;
    this.connection.close();
  }

  private async offer(): Promise<void> {
    // Once theirs is answered, the browser asks again for what is not in it.
    if (this.isPolite && !this.connection.remoteDescription) return;
    try {
      this.isOffering = true;
      await this.connection.setLocalDescription();
      this.describe();
    } catch {
      // It was closed meanwhile.
    } finally {
      this.isOffering = false;
    }
  }

  private async take({ description, candidates }: Signalled): Promise<void> {
    const { connection } = this;
    if (description) {
      const isClash = description.type === "offer" && (this.isOffering || connection.signalingState !== "stable");
      if (isClash && !this.isPolite) return;
      await connection.setRemoteDescription(description);
      if (description.type === "offer") {
        await connection.setLocalDescription();
        this.describe();
      }
    }
    // Some may be of an offer that was given up, or passed over: the others of the same message count nevertheless.
    for (const candidate of candidates ?? []) await connection.addIceCandidate(candidate).catch(() => undefined);
  }

  private describe(): void {
    const { localDescription } = this.connection;
    if (localDescription) this.outside.send({ description: localDescription.toJSON() as RTCSessionDescriptionInit });
  }

  // Many in one, for each is a request.
  private found(candidate: RTCIceCandidateInit): void {
    this.candidates.push(candidate);
    this.all.push(candidate);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.outside.send({ candidates: this.candidates });
      this.candidates = [];
    }, batch);
  }

  private heard(data: unknown): void {
    try {
      const { mic, cam, speaking } = JSON.parse(String(data)) as Told;
      this.outside.told({ mic: mic === true, cam: cam === true, speaking: speaking === true });
    } catch {
      // Whatever it was, it was not told by this page.
    }
  }
}
