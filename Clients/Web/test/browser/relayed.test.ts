import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fakeMedia, launch, type Visitor } from "./browser.js";
import { framesOf } from "./party.js";
import { come, light, walkIn } from "./rooms.js";
import { freePorts, pause, Up } from "./up.js";

// Two who find no straight way to each other: what they send goes through coturn, as the host's names let it.
let folder: string;
let relay: ChildProcess;
let up: Up;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chat-relay-"));
  const secret = randomBytes(24).toString("hex");
  const [port = 0] = await freePorts(1);
  relay = coturn(port, secret);
  await writeFile(join(folder, "secret"), secret, { mode: 0o600 });
  const given = ["--relay", `turn:127.0.0.1:${port}?transport=udp`, "--relay-secret", join(folder, "secret")];
  [up, browser] = await Promise.all([Up.start(...given), launch(...fakeMedia), listening(port)]);
});

afterAll(async () => {
  await browser?.close();
  await up?.stop();
  relay?.kill();
  await rm(folder, { recursive: true, force: true });
});

it("connects two that reach each other through a relay alone", async () => {
  const [mia, noor] = (await Promise.all(["Mia", "Noor"].map((name) => come(browser, up.url, name)))) as [
    Visitor,
    Visitor,
  ];
  for (const { page } of [mia, noor]) await page.evaluate(onlyRelayed);
  const name = await light(mia, "Attic");
  await walkIn(noor, name);
  await noor.page.keyboard.press("v");
  await mia.page.locator(".seat", { hasText: "Noor" }).locator("video").waitFor();
  expect(await framesOf(mia, "Noor")).toBeGreaterThanOrEqual(3);
  for (const { page } of [mia, noor]) expect(await page.evaluate(ways)).toEqual([["relay", "relay"]]);
  expect([...mia.complaints, ...noor.complaints]).toEqual([]);
});

interface Kept {
  connections: RTCPeerConnection[];
}

/** Has a page use no way but through a relay, and keep its connections. */
function onlyRelayed(): void {
  const all = globalThis as unknown as Kept & { RTCPeerConnection: typeof RTCPeerConnection };
  all.connections = [];
  all.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(how?: RTCConfiguration) {
      super({ ...how, iceTransportPolicy: "relay" });
      all.connections.push(this);
    }
  };
}

/** By what either end of each connection is reached that holds. */
async function ways(): Promise<(readonly string[])[]> {
  const { connections } = globalThis as unknown as Kept;
  const held = connections.filter(({ connectionState }) => connectionState === "connected");
  return Promise.all(
    held.map(async (connection) => {
      const all = new Map<string, Record<string, string>>();
      (await connection.getStats()).forEach((one: Record<string, string>) => void all.set(one["id"] ?? "", one));
      const transport = [...all.values()].find(({ type }) => type === "transport");
      const pair = all.get(transport?.["selectedCandidatePairId"] ?? "");
      return ["localCandidateId", "remoteCandidateId"].map(
        (end) => all.get(pair?.[end] ?? "")?.["candidateType"] ?? "",
      );
    }),
  );
}

function coturn(port: number, secret: string): ChildProcess {
  const loopback = ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers"];
  const files = ["--log-file=stdout", `--pidfile=${folder}/pid`, `--userdb=${folder}/users`];
  const secrets = ["--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=chat"];
  const rest = ["-n", `--listening-port=${port}`, "--no-tls", "--no-dtls", "--no-cli"];
  return spawn("turnserver", [...rest, ...secrets, ...loopback, ...files], { stdio: "ignore" });
}

async function listening(port: number): Promise<void> {
  const isOpen = (): Promise<boolean> =>
    new Promise((done) => {
      const socket = connect(port, "127.0.0.1", () => done(true)).on("error", () => done(false));
      socket.unref();
      socket.once("connect", () => socket.destroy());
    });
  for (const since = Date.now(); !(await isOpen()); await pause(50))
    if (Date.now() - since > 30_000) throw new Error("coturn does not listen");
}
