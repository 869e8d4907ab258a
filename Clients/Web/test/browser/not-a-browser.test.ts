import { build } from "esbuild";
import { PeerConnection, type DataChannel, type DescriptionType, type Track } from "node-datachannel";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { fakeMedia, launch } from "./browser.js";
import { url } from "./here.js";

// What is signalled is WebRTC's own, so that whoever has it can be in a call: here a peer without any browser.
const settled = { timeout: 20_000 };

let browser: Browser;
let page: Page;
let peer: NoBrowser;

beforeAll(async () => {
  browser = await launch(...fakeMedia);
});

afterEach(async () => {
  peer.close();
  await page.context().close();
});
afterAll(() => browser?.close());

// Who has the lower name waits for the other's offer.
for (const [name, does] of [
  ["zoe", "offers"],
  ["ann", "answers"],
] as const)
  it(`talks with a peer that is no browser, and that ${does}`, async () => {
    peer = new NoBrowser(name, does === "offers");
    await come();
    await page.evaluate((other) => window.held.mesh.among(["mia", other]), name);
    await expect.poll(connectedTo, settled).toEqual([[name, true]]);
    await expect.poll(() => peer.told.at(-1), settled).toEqual({ mic: false, cam: false, speaking: false });

    // A camera is told of, and its pictures come over.
    await page.evaluate(async () => {
      const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getTracks();
      if (track) window.held.mesh.share([track]);
      window.held.mesh.tell({ mic: false, cam: true, speaking: false });
    });
    await expect.poll(() => peer.told.at(-1), settled).toEqual({ mic: false, cam: true, speaking: false });
    await expect.poll(() => peer.packets, settled).toBeGreaterThan(20);
    peer.tell({ mic: true, cam: false, speaking: true });
    await expect.poll(() => page.evaluate(() => window.held.peers[0]?.speaking), settled).toBe(true);
  });

const connectedTo = (): Promise<(readonly [string, boolean])[]> =>
  page.evaluate(() => window.held.peers.map((one) => [one.person, one.isConnected] as const));

async function come(): Promise<void> {
  const entry = 'import { Mesh } from "./src/call/mesh.js"; window.held = { Mesh };';
  const made = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: "ts" },
    ...{ bundle: true, write: false, format: "iife", target: "es2022" },
  });
  page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.exposeFunction("signal", (_: string, data: string) => peer.hear(data));
  await page.goto(url);
  await page.addScriptTag({ content: made.outputFiles[0]?.text ?? "" });
  await page.evaluate(() => {
    const { held } = window;
    const { signal } = window as unknown as { signal: (to: string, data: string) => void };
    held.stream = new MediaStream();
    held.peers = [];
    held.mesh = new held.Mesh("mia", "phone", "a-stay", held.stream, {
      send: (to, _, data) => signal(to, data),
      changed: (peers) => (held.peers = peers),
    });
  });
}

interface Signal {
  readonly hello?: string;
  readonly description?: { readonly type: string; readonly sdp: string };
  readonly candidates?: readonly { readonly candidate: string; readonly sdpMid: string }[];
}

/** Takes part in a call by the signals alone. */
class NoBrowser {
  readonly told: unknown[] = [];
  packets = 0;
  private readonly connection: PeerConnection;
  private channel: DataChannel | null = null;
  private track: Track | null = null;

  constructor(
    private readonly name: string,
    private readonly offers: boolean,
  ) {
    this.connection = new PeerConnection(name, {
      iceServers: [],
      disableAutoNegotiation: true,
      forceMediaTransport: true,
    });
    this.connection.onLocalDescription((sdp, type) => this.say({ description: { type, sdp } }));
    this.connection.onLocalCandidate((candidate, sdpMid) => this.say({ candidates: [{ candidate, sdpMid }] }));
    this.connection.onTrack((track) => {
      // Held, or it is given up with its pictures.
      this.track = track;
      track.onMessage(() => this.packets++);
    });
  }

  hear(data: string): void {
    const { hello, description, candidates } = JSON.parse(data) as Signal;
    if (hello === "new") this.say({ hello: "back" });
    if (!this.channel && (hello || description)) this.begin();
    if (description) {
      this.connection.setRemoteDescription(description.sdp, description.type as DescriptionType);
      if (description.type === "offer") this.connection.setLocalDescription("answer" as DescriptionType);
    }
    for (const { candidate, sdpMid } of candidates ?? []) this.connection.addRemoteCandidate(candidate, sdpMid);
  }

  tell(what: object): void {
    this.channel?.sendMessage(JSON.stringify(what));
  }

  close(): void {
    this.channel?.close();
    this.track?.close();
    this.connection.close();
  }

  private begin(): void {
    this.channel = this.connection.createDataChannel("told", { negotiated: true, id: 0 });
    this.channel.onMessage((data) => this.told.push(JSON.parse(String(data))));
    if (this.offers) this.connection.setLocalDescription("offer" as DescriptionType);
  }

  private say(signal: Signal): void {
    const data = JSON.stringify({ ...signal, to: "phone", call: `${this.name}-stays` });
    void page
      .evaluate(([by, text]) => window.held.mesh.hear(by, "node", text), [this.name, data] as const)
      .catch(() => undefined);
  }
}
