import type { Datum, GameLog, LogEntry } from "../wire/games.js";

const utf8 = new TextEncoder();

function counted(kind: number, count: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = kind;
  new DataView(bytes.buffer).setUint32(1, count);
  return bytes;
}

function whole(value: number): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = 3;
  new DataView(bytes.buffer).setBigInt64(1, BigInt(value));
  return bytes;
}

function letters(text: string, kind?: number): Uint8Array[] {
  const bytes = utf8.encode(text);
  const head = counted(kind ?? 0, bytes.length);
  return [kind === undefined ? head.subarray(1) : head, bytes];
}

function pieces(value: Datum): Uint8Array[] {
  if (value === null) return [Uint8Array.of(0)];
  if (typeof value === "boolean") return [Uint8Array.of(value ? 1 : 2)];
  if (typeof value === "number") return [whole(value)];
  if (typeof value === "string") return letters(value, 4);
  if (Array.isArray(value)) return [counted(5, value.length), ...value.flatMap(pieces)];
  const fields = Object.entries(value as { readonly [name: string]: Datum });
  return [counted(6, fields.length), ...fields.flatMap(([name, one]) => [...letters(name), ...pieces(one)])];
}

/** The bytes that any program comes to for a value: docs/games.md has how. */
export function canonical(value: Datum): Uint8Array<ArrayBuffer> {
  const all = pieces(value);
  const bytes = new Uint8Array(all.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of all) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Values under a purpose, as 64 hexadecimal digits. */
export async function digest(purpose: string, ...values: readonly Datum[]): Promise<string> {
  const bytes = canonical([`chat.games.${purpose}`, ...values]);
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** What is said before anything is shown, and allows nothing else to be shown after. */
export const sealOf = (place: string, number: number, person: string, contribution: string): Promise<string> =>
  digest("seal", place, number, person, contribution);

/** The link after one more entry. */
export async function linkOf(before: string, secret: string, index: number, entry: Datum): Promise<string> {
  return digest("link", before, await digest("entry", await digest("salt", secret, index), entry));
}

/** What a device kept of a game while it was played. */
export interface Kept {
  /** What it drew and sealed. */
  readonly contribution?: string;
  /** What the host promised. */
  readonly commitment?: string;
  /** After so many entries, the link was this. */
  readonly links: readonly (readonly [number, string])[];
}

/** Something that was looked at: whether it holds, or that there was nothing to look at. */
export interface Check {
  readonly what: "commitment" | "seals" | "chain" | "seen" | "verdict";
  readonly holds: boolean | null;
  /** How many were looked at. */
  readonly count: number;
}

interface Offered {
  readonly place: string;
  readonly number: number;
  readonly commitment: string;
}

/** Looks at all of a log that a page can: what was promised, sealed, linked, and seen by this device. */
export async function checksOf({ log, verdict }: GameLog, person: string, kept: Kept): Promise<readonly Check[]> {
  const offered = log[0]?.entry.what as unknown as (Offered & { is: string }) | undefined;
  const ended = log.at(-1)?.entry.what;
  const secret = ended?.["is"] === "ended" ? String(ended["secret"]) : "";
  if (offered?.is !== "offered") return [{ what: "commitment", holds: false, count: 0 }];
  return [
    { what: "commitment", holds: await isPromised(offered, secret, kept), count: 1 },
    await sealsOf(log, offered, person, kept),
    { what: "chain", holds: await isChained(log, offered, secret), count: log.length },
    {
      what: "seen",
      holds: kept.links.length === 0 ? null : kept.links.every(([index, link]) => log[index - 1]?.link === link),
      count: kept.links.length,
    },
    { what: "verdict", holds: verdict.is === "sound", count: 1 },
  ];
}

async function isPromised(offered: Offered, secret: string, kept: Kept): Promise<boolean> {
  const promised = await digest("commitment", offered.place, offered.number, secret);
  return promised === offered.commitment && (kept.commitment ?? promised) === promised;
}

// Each that was shown was sealed before; and where this device sealed something, that is what stands there.
async function sealsOf(log: readonly LogEntry[], offered: Offered, person: string, kept: Kept): Promise<Check> {
  const sealed = new Map<string, Datum | undefined>();
  let [holds, count] = [true, 0];
  for (const { what } of log.map(({ entry }) => entry)) {
    const who = String(what["who"]);
    if (what["is"] === "sat") sealed.set(who, what["seal"]);
    if (what["is"] !== "unsealed") continue;
    const contribution = String(what["contribution"]);
    const isOwn = who !== person || kept.contribution === undefined || kept.contribution === contribution;
    holds &&= isOwn && sealed.get(who) === (await sealOf(offered.place, offered.number, who, contribution));
    count++;
  }
  return { what: "seals", holds: count === 0 ? null : holds, count };
}

async function isChained(log: readonly LogEntry[], offered: Offered, secret: string): Promise<boolean> {
  let link = await digest("chain", offered.place, offered.number);
  for (const [index, one] of log.entries()) {
    const { what } = one.entry;
    if (what["is"] === "ended" && what["link"] !== link) return false;
    link = await linkOf(link, secret, index, one.entry as unknown as Datum);
    if (link !== one.link) return false;
  }
  return true;
}
