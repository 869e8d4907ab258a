import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Mesh } from "../../src/call/mesh.js";
import type { Peered } from "../../src/call/state.js";
import { fakeMedia, launch } from "./browser.js";
import { url } from "./here.js";

// Two pages, and a relay between them that carries what rooms carry, in order and to whom it is for.
interface Held {
  Mesh: typeof Mesh;
  mesh: Mesh;
  stream: MediaStream;
  peers: readonly Peered[];
  signal: (to: string, device: string | undefined, data: string) => void;
}

declare global {
  interface Window {
    held: Held;
  }
}

let browser: Browser;
let script: string;
let pages: Map<string, Page>;
let lost: (data: string) => boolean;
let carried: string[];

beforeAll(async () => {
  browser = await launch(...fakeMedia);
  const entry = 'import { Mesh } from "./src/call/mesh.js"; window.held = { Mesh };';
  const made = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: "ts" },
    ...{ bundle: true, write: false, format: "iife", target: "es2022" },
  });
  script = made.outputFiles[0]?.text ?? "";
});

beforeEach(() => {
  pages = new Map();
  carried = [];
  lost = () => false;
});

afterEach(() => Promise.all([...pages.values()].map((page) => page.context().close())));
afterAll(() => browser?.close());

it("connects two: what is told comes over, and a video with frames", async () => {
  await come("mia");
  await come("noor");
  await Promise.all(["mia", "noor"].map(among));
  await connected("mia", "noor");
  await camera("noor");
  await expect.poll(() => told("mia"), { timeout: 15_000 }).toEqual([["noor", true]]);
  expect(await frames("mia")).toBeGreaterThanOrEqual(5);
  expect(await told("noor")).toEqual([["mia", false]]);
});

it("connects two that begin at once, both with a camera, and both see the other", async () => {
  await Promise.all(["mia", "noor"].map(come));
  await Promise.all(["mia", "noor"].map(camera));
  await Promise.all(["mia", "noor"].map(among));
  await connected("mia", "noor");
  for (const one of ["mia", "noor"]) expect(await frames(one)).toBeGreaterThanOrEqual(5);
  // Taken back and given again, from both sides.
  await Promise.all(["mia", "noor"].map((one) => page(one).evaluate(() => window.held.mesh.share([]))));
  await Promise.all(["mia", "noor"].map(camera));
  for (const one of ["mia", "noor"]) expect(await frames(one)).toBeGreaterThanOrEqual(5);
});

it("greets again where a greeting was lost", async () => {
  let greetings = 0;
  lost = (data) => data.includes('"hello":"new"') && ++greetings <= 2;
  await Promise.all(["mia", "noor"].map(come));
  await Promise.all(["mia", "noor"].map(among));
  await connected("mia", "noor");
  expect(greetings).toBeGreaterThan(2);
});

for (const what of ["offer", "answer", "candidates"])
  it(`connects where the first ${what} was lost`, async () => {
    let isLost = false;
    lost = (data) => !isLost && (isLost = data.includes(`"${what}"`));
    await Promise.all(["mia", "noor"].map(come));
    await Promise.all(["mia", "noor"].map(among));
    await connected("mia", "noor");
    expect(isLost).toBe(true);
  });

it("begins anew with who loads the page anew, and lets go of who says goodbye", async () => {
  await Promise.all(["mia", "noor"].map(come));
  await Promise.all(["mia", "noor"].map(among));
  await connected("mia", "noor");
  await pages.get("noor")?.context().close();
  await come("noor");
  await among("noor");
  await connected("mia", "noor");
  await page("noor").evaluate(() => window.held.mesh.close());
  await expect.poll(() => told("mia")).toEqual([]);
});

it("signals to one device alone, and in less than a relay carries at once", async () => {
  await Promise.all(["mia", "noor"].map(come));
  await Promise.all(["mia", "noor"].map(camera));
  await Promise.all(["mia", "noor"].map(among));
  await connected("mia", "noor");
  expect(Math.max(...carried.map((data) => data.length))).toBeLessThan(16_000);
  const before = await told("mia");
  await page("mia").evaluate(() => {
    for (const data of ["", "null", "[]", '{"call":"x","to":"another"}', "{}"]) window.held.mesh.hear("ama", "x", data);
  });
  expect(await told("mia")).toEqual(before);
});

const page = (person: string): Page => pages.get(person) as Page;

async function come(person: string): Promise<void> {
  const context = await browser.newContext({ bypassCSP: true });
  const fresh = await context.newPage();
  pages.set(person, fresh);
  await fresh.exposeFunction("signal", (to: string, data: string) => {
    carried.push(data);
    const there = pages.get(to);
    if (!there || there === fresh || lost(data)) return;
    void there
      .evaluate(([by, text]) => window.held.mesh?.hear(by, "phone", text), [person, data] as const)
      .catch(() => undefined);
  });
  await fresh.goto(url);
  await fresh.addScriptTag({ content: script });
  await fresh.evaluate((me) => {
    const { held } = window;
    const { signal } = window as unknown as { signal: (to: string, data: string) => void };
    held.stream = new MediaStream();
    held.peers = [];
    held.mesh = new held.Mesh(me, "phone", `${me}${Math.random()}`, held.stream, {
      send: (to, _, data) => signal(to, data),
      changed: (peers) => (held.peers = peers),
    });
  }, person);
}

const among = (person: string): Promise<void> => page(person).evaluate(() => window.held.mesh.among(["mia", "noor"]));

async function camera(person: string): Promise<void> {
  await page(person).evaluate(async () => {
    const { held } = window;
    for (const track of held.stream.getTracks()) held.stream.removeTrack(track);
    const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getTracks();
    if (track) held.stream.addTrack(track);
    held.mesh.share(held.stream.getTracks());
    held.mesh.tell({ mic: false, cam: true, speaking: false });
  });
}

const connected = (...people: string[]): Promise<void[]> =>
  Promise.all(
    people.map((person) =>
      expect
        .poll(() => page(person).evaluate(() => window.held.peers.map(({ isConnected }) => isConnected)), {
          timeout: 15_000,
        })
        .toEqual([true]),
    ),
  );

/** Whom somebody is connected to, and whether they said that their camera is on. */
const told = (person: string): Promise<(readonly [string, boolean])[]> =>
  page(person).evaluate(() => window.held.peers.map(({ person: who, cam }) => [who, cam] as const));

/** How many frames of the other come in within a few seconds. */
const frames = (person: string): Promise<number> =>
  page(person).evaluate(async () => {
    const video = document.createElement("video");
    video.muted = true;
    document.body.append(video);
    const until = Date.now() + 10_000;
    let seen = 0;
    const count = (): void => {
      seen++;
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
    while (seen < 5 && Date.now() < until) {
      const stream = window.held.peers[0]?.stream ?? null;
      if (video.srcObject !== stream) video.srcObject = stream;
      void video.play().catch(() => undefined);
      await new Promise((done) => setTimeout(done, 50));
    }
    video.remove();
    return seen;
  });
