import { PeerConnection, type DataChannel, type DescriptionType, type Track } from "node-datachannel";
import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { connect } from "../../src/sync/nats.js";
import { newId } from "../../src/sync/ids.js";
import type { Transport } from "../../src/sync/transport.js";
import { readCall, readEphemeral, readHouseEphemeral } from "../../src/wire/codec.js";
import { fakeMedia, launch, type Visitor } from "./browser.js";
import { url } from "./here.js";
import { come, inside, light } from "./rooms.js";

// What is signalled is WebRTC's own, and what carries it is NATS: whoever has both can be in a call. Here is somebody
// without any browser; at the other end is the page, and between them the host.
const settled = { timeout: 20_000 };

let browser: Browser;
let mia: Visitor;
let device: Transport;
let peer: NoBrowser;

beforeAll(async () => {
  browser = await launch(...fakeMedia);
});

afterEach(async () => {
  peer.close();
  await device.close();
  expect(mia.complaints).toEqual([]);
  await mia.close();
});
afterAll(() => browser?.close());

// Who has the lower name waits for the other's offer.
it("talks in a room with a peer that is no browser, and that offers", async () => {
  mia = await come(browser, url, "Mia");
  device = await deviceOf("noor");
  await befriend("noor", "mia");
  const name = await light(mia, "Loft");
  const room = (await mia.page.evaluate(() => location.hash)).split("/").at(-1) ?? "";
  peer = new NoBrowser((data) => void device.ask("room", room, "signal", { to: "mia", data }), true);
  device.onEphemeral((bytes) => {
    const told = readHouseEphemeral(bytes);
    if (told?.type === "signal" && told.room === room && told.by === "mia") peer.hear(told.data);
  });
  await must(device, "room", room, "enter");
  await inside(mia.page, name);
  const seat = mia.page.locator(".seat", { hasText: "Noor" });
  await mia.page.keyboard.press("v");
  await areSeenAndHeard(seat, { mic: false, cam: true, speaking: false });
  // Or she stays there as long as she is in anywhere, and houses of tests after this have a room more.
  await must(device, "room", room, "leave");
});

it("is called by a peer that is no browser, and that answers", async () => {
  mia = await come(browser, url, "Mia");
  device = await deviceOf("dev");
  await befriend("dev", "mia");
  let number = 0;
  peer = new NoBrowser((data) => void device.ask("call", "mia", "signal", { number, data }), false);
  device.onEvent((bytes) => void (number = readCall(bytes)?.number ?? number));
  device.onEphemeral((bytes) => {
    const told = readEphemeral(bytes);
    if (told?.type === "call_signal" && told.by === "mia" && told.number === number) peer.hear(told.data);
  });
  await must(device, "call", "mia", "ring", { video: true });
  await mia.page.getByRole("alertdialog", { name: "Dev is calling" }).getByRole("button", { name: "Accept" }).click();
  const call = mia.page.getByRole("region", { name: "Call with Dev" });
  await areSeenAndHeard(call.locator(".seat:not(.mine)"), { mic: true, cam: true });
  await must(device, "call", "mia", "hang_up", { number });
  await mia.page.getByText(/^Over, after/).waitFor();
});

/** What Mia tells comes over the channel, her camera's pictures do, and what the peer tells is seen at their seat. */
async function areSeenAndHeard(seat: Locator, told: object): Promise<void> {
  await expect.poll(() => peer.told.at(-1), settled).toMatchObject(told);
  await expect.poll(() => peer.packets, settled).toBeGreaterThan(20);
  expect(await seat.locator(".quiet-mic").count()).toBe(1);
  peer.tell({ mic: true, cam: false, speaking: true });
  await seat.and(mia.page.locator(".speaking")).waitFor();
  expect(await seat.locator(".quiet-mic").count()).toBe(0);
}

/** A device of somebody of the cast: a connection to NATS, as any program can have one. */
async function deviceOf(person: string): Promise<Transport> {
  const { websocket } = (await (await fetch(`${url}/config.json`)).json()) as { websocket: string };
  const made = { person, device: newId() };
  const body = JSON.stringify(made);
  const given = await fetch(`${url}/dev/token`, { method: "POST", headers, body });
  return connect(websocket, { ...made, ...((await given.json()) as { token: string }) });
}

const headers = { "Content-Type": "application/json" };

async function befriend(one: string, other: string): Promise<void> {
  const theirs = await deviceOf(other);
  await device.ask("friend", other, "request", { client_id: newId() });
  await theirs.ask("friend", one, "accept", { client_id: newId() });
  await theirs.close();
}

async function must(by: Transport, area: string, id: string, verb: string, body: object = {}): Promise<void> {
  expect(await by.ask(area, id, verb, { ...body, client_id: newId() })).toHaveProperty("ok");
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
    private readonly pass: (data: string) => void,
    private readonly offers: boolean,
  ) {
    this.connection = new PeerConnection("node", {
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
    this.pass(JSON.stringify({ ...signal, call: "a-stay" }));
  }
}
