import { describe, expect, it } from "vitest";
import { canonical, checksOf, digest, linkOf, sealOf, toHex, type Kept } from "../src/views/sealing.js";
import type { Datum, GameLog, LogEntry } from "../src/wire/games.js";

// The same examples as those of the host, in Domain.Tests/Playing/SealingTests.cs.
const place = "main.r.kitchen";
const secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const first = "10f129132c1312c603e0cb9df91eff5b885a49109266faf119bcfc464ba01307";

describe("digests are those that every other program comes to", () => {
  it("a commitment", async () =>
    expect(await digest("commitment", place, 1, secret)).toBe(
      "7941a1f6620bbc1399cf467b65159bcf94125c66cc20030345a4d0a5cad938ec",
    ));
  it("a seal", async () =>
    expect(await sealOf(place, 1, "ann", "1".repeat(64))).toBe(
      "b368ded5ac6b3ecac9b5bdf007a412b3d9648ea1f21e4aee397ccf9dcccb3ed3",
    ));
  it("a seed", async () => {
    const contributions = [
      ["ann", "1".repeat(64)],
      ["bob", "2".repeat(64)],
    ];
    expect(await digest("seed", place, 1, secret, contributions)).toBe(
      "c035ad9a204d46858239061f389de312bd9b73e06eae6f2abbc1fe7b0ce5f627",
    );
  });
  it("a link", async () => {
    expect(await digest("chain", place, 1)).toBe(first);
    expect(await linkOf(first, secret, 0, "hello")).toBe(
      "c707f559711c01b29c3b66a8f5a65723f8d9a2b42602a21c26118af8402b2823",
    );
  });
  it("each kind of value has its own bytes", () => {
    expect(toHex(canonical([null, true, false, -2, "é"]))).toBe(
      "0500000005" + "00" + "01" + "02" + "03fffffffffffffffe" + "0400000002c3a9",
    );
    expect(toHex(canonical({ is: "a", n: 258 }))).toBe(
      "0600000002" + "000000026973" + "040000000161" + "000000016e" + "030000000000000102",
    );
  });
});

const drawn = "5".repeat(64);
const link = (log: readonly LogEntry[]): string => log.at(-1)?.link ?? "";

async function played(): Promise<GameLog> {
  const log: LogEntry[] = [];
  let before = first;
  const add = async (by: string, what: { readonly [name: string]: Datum }): Promise<void> => {
    const entry = { by, at: 1_700_000_000_000 + log.length, what };
    before = await linkOf(before, secret, log.length, entry);
    log.push({ entry, link: before });
  };
  const commitment = await digest("commitment", place, 1, secret);
  const plan = { game: "trivia", rules: 1, deck: "creatures", cards: "c".repeat(64), rounds: 1 };
  await add("ann", { is: "offered", place, number: 1, plan, commitment, secret, past: [] });
  for (const [who, contribution] of [
    ["ann", drawn],
    ["bob", "6".repeat(64)],
  ] as const)
    await add(who, { is: "sat", who, seal: await sealOf(place, 1, who, contribution) });
  await add("ann", { is: "begun" });
  await add("ann", { is: "unsealed", who: "ann", contribution: drawn });
  await add("bob", { is: "unsealed", who: "bob", contribution: "6".repeat(64) });
  await add("bob", { is: "dealt", seats: ["ann", "bob"] });
  await add("ann", { is: "played", what: { is: "trivia.answered", who: "ann", choice: null } });
  await add("bob", { is: "ended", why: "finished", scores: [{ who: "ann", points: 150 }], secret, link: link(log) });
  return { log, verdict: { is: "sound" } };
}

const failing = async (log: GameLog, kept: Kept): Promise<string[]> =>
  (await checksOf(log, "ann", kept)).filter(({ holds }) => holds === false).map(({ what }) => what);

async function keptOf({ log }: GameLog): Promise<Kept> {
  const links = [1, 4, 8].map((index) => [index, log[index - 1]?.link ?? ""] as const);
  return { contribution: drawn, commitment: await digest("commitment", place, 1, secret), links };
}

/** The same log with one entry told otherwise; its links are made anew where somebody takes the trouble. */
async function tampered(game: GameLog, at: number, change: object, relink: boolean): Promise<GameLog> {
  const log: LogEntry[] = [];
  let before = first;
  for (const [index, one] of game.log.entries()) {
    const isLast = index === game.log.length - 1;
    const what = { ...one.entry.what, ...(index === at ? change : {}), ...(relink && isLast ? { link: before } : {}) };
    const entry = { ...one.entry, what };
    before = relink ? await linkOf(before, secret, index, entry) : one.link;
    log.push({ entry, link: before });
  }
  return { ...game, log };
}

describe("what a page can check of a game", () => {
  it("holds for what was played", async () => {
    const game = await played();
    const checks = await checksOf(game, "ann", await keptOf(game));
    expect(checks.map(({ what, holds, count }) => `${what} ${holds} ${count}`)).toEqual([
      ...["commitment true 1", "seals true 2", "chain true 9", "seen true 3", "verdict true 1"],
    ]);
  });

  it("says that there was nothing to look at where a device kept nothing", async () => {
    const checks = await checksOf(await played(), "ann", { links: [] });
    expect(checks.find(({ what }) => what === "seen")?.holds).toBe(null);
  });

  it("does not hold where an answer was changed", async () => {
    const game = await played();
    const change = { what: { is: "trivia.answered", who: "ann", choice: 2 } };
    expect(await failing(await tampered(game, 7, change, false), await keptOf(game))).toEqual(["chain"]);
    expect(await failing(await tampered(game, 7, change, true), await keptOf(game))).toEqual(["seen"]);
  });

  it("does not hold where the secret is another than was promised", async () => {
    const game = await played();
    const other = await tampered(game, 8, { secret: "f".repeat(64) }, false);
    expect(await failing(other, await keptOf(game))).toEqual(["commitment", "chain"]);
  });

  it("does not hold where the host promised something else to this device", async () => {
    const game = await played();
    expect(await failing(game, { ...(await keptOf(game)), commitment: "a".repeat(64) })).toEqual(["commitment"]);
  });

  it("does not hold where something was shown that nobody sealed, or not what this device drew", async () => {
    const game = await played();
    const kept = await keptOf(game);
    const forged = await tampered(game, 5, { contribution: "7".repeat(64) }, true);
    expect(await failing(forged, { ...kept, links: [] })).toEqual(["seals"]);
    const swapped = { seal: await sealOf(place, 1, "ann", "8".repeat(64)) };
    const both = await tampered(await tampered(game, 1, swapped, true), 4, { contribution: "8".repeat(64) }, true);
    expect(await failing(both, { ...kept, links: [] })).toEqual(["seals"]);
  });

  it("does not hold where the end tells of another chain than led to it", async () => {
    const game = await played();
    const last = game.log.at(-1) as LogEntry;
    const entry = { ...last.entry, what: { ...last.entry.what, link: "9".repeat(64) } };
    const retold = { entry, link: await linkOf(link(game.log.slice(0, -1)), secret, 8, entry) };
    expect(await failing({ ...game, log: game.log.with(-1, retold) }, { links: [] })).toEqual(["chain"]);
  });

  it("does not hold where links before the end were told otherwise, or the host found a fault", async () => {
    const game = await played();
    const cut = { ...game, log: game.log.filter((_, index) => index !== 7) };
    expect(await failing(cut, { links: [] })).toEqual(["chain"]);
    expect(await failing({ ...game, verdict: { is: "broken" } }, await keptOf(game))).toEqual(["verdict"]);
    expect(await failing({ ...game, log: [] }, { links: [] })).toEqual(["commitment"]);
  });
});
