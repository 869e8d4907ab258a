import * as reference from "@msgpack/msgpack";
import { expect, it } from "vitest";
import { decode, encode } from "../src/wire/msgpack.js";

// Held to the library that everybody uses, which the page itself would only carry about.

/** Numbers from a seed, each from 0 to below 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const edges = [
  0,
  1,
  15,
  16,
  31,
  32,
  33,
  127,
  128,
  129,
  255,
  256,
  32767,
  32768,
  65535,
  65536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
];
const numbers = edges.flatMap((one) => [one, 0 - one, one - 1, 1 - one, -one - 1]);
const odd = [0.5, -1.25, 1e300, Number.NaN, Infinity, -Infinity];
const lengths = [0, 1, 15, 16, 23, 24, 25, 31, 32, 255, 256, 65535, 65536];
const dates = [0, 1, 999, 1000, -1, -1001, 1_800_000_000_123, 2 ** 34 * 1000, 2 ** 33 * 1000 + 7];

/** Anything that a request or an answer may be made of. */
function anything(next: () => number, depth = 0): unknown {
  const one = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(next() * (next() < 0.1 ? 20 : 4)) }, make);
  const word = (): string => some(() => one(["a", "Zz ", "é", "💡", "\0", "long and plain words"])).join("");
  const kind = Math.floor(next() * (depth > 3 ? 5 : 7));
  if (kind === 0) return one([null, true, false]);
  if (kind === 1) return one([...numbers.filter(Number.isSafeInteger), ...odd]);
  if (kind === 2) return word();
  if (kind === 3) return Math.floor((next() - 0.5) * 2 ** Math.floor(next() * 53));
  if (kind === 4) return next();
  const within = (): unknown => anything(next, depth + 1);
  return kind === 5 ? some(within) : Object.fromEntries(some(() => [`k${word()}`, within()]));
}

const both = (value: object): void => {
  expect(decode(encode(value))).toEqual(value);
  expect(reference.decode(encode(value))).toEqual(value);
  expect(decode(reference.encode(value))).toEqual(value);
};

it("writes and reads what the library writes and reads", () => {
  for (const value of [...numbers, ...odd]) both([value]);
  for (const length of lengths) {
    both(["x".repeat(length)]);
    both(["é".repeat(length)]);
    both([Array.from({ length }, (_, n) => n & 1)]);
    both(Object.fromEntries(Array.from({ length: Math.min(length, 300) }, (_, n) => [`k${n}`, n])));
  }
  both(Object.fromEntries(Array.from({ length: 65_536 }, (_, n) => [n.toString(36), n])));
  const next = seeded(7);
  for (let n = 0; n < 3000; n++) both([anything(next)]);
  // As short as it can be: a request of the same size as before.
  for (const value of numbers.filter(Number.isSafeInteger))
    expect(encode([value])).toHaveLength(reference.encode([value]).length);
});

it("writes a time that the library reads, and reads its times as milliseconds", () => {
  for (const at of dates) {
    expect(reference.decode(encode([new Date(at)]))).toEqual([new Date(at)]);
    expect(decode(reference.encode([new Date(at)]))).toEqual([at]);
    expect(decode(encode({ at: new Date(at) }))).toEqual({ at });
  }
});

it("leaves out what is undefined, as the library does for the asking", () => {
  const body = { a: undefined, b: 1, c: [undefined], d: { e: undefined } };
  expect(encode(body)).toEqual(reference.encode(body, { ignoreUndefined: true }));
});

it("reads numbers of any width, and bytes", () => {
  expect(decode(reference.encode([1.5], { forceFloat32: true }))).toEqual([1.5]);
  for (const length of [0, 255, 256, 65536]) {
    const bytes = Uint8Array.from({ length }, (_, n) => n & 255);
    expect(decode(reference.encode([bytes]))).toEqual([bytes]);
  }
});

it("throws on whatever is cut short, goes on, or is no value, however much it announces", () => {
  const next = seeded(11);
  for (let n = 0; n < 300; n++) {
    const bytes = reference.encode([anything(next), "end"]);
    for (let length = 0; length < bytes.length; length++)
      expect(() => decode(bytes.subarray(0, length))).toThrow(RangeError);
    expect(() => decode(Uint8Array.of(...bytes, 0))).toThrow("after the end");
  }
  const announced = [0xc6, 0xc9, 0xdb, 0xdd, 0xdf].map((kind) => Uint8Array.of(kind, 255, 255, 255, 255));
  const wrong = [[0xc1], [0xd6, 1, 0, 0, 0, 0], [0xc7, 3, 0xff, 0, 0, 0], [0x81, 1, 1], [0x81, 0xc0, 1]];
  for (const bytes of [...announced, ...wrong.map((one) => Uint8Array.from(one))])
    expect(() => decode(bytes)).toThrow();
  expect(() => decode(reference.encode(JSON.parse('{"__proto__":{"a":1}}')))).toThrow();
  const deep = new Uint8Array(1_000_000).fill(0x91);
  expect(() => decode(deep)).toThrow(RangeError);
});

it("never throws anything but these on bytes of any kind", () => {
  const next = seeded(13);
  for (let n = 0; n < 20_000; n++) {
    const bytes = Uint8Array.from({ length: 1 + Math.floor(next() * 40) }, () => Math.floor(next() * 256));
    try {
      decode(bytes);
    } catch (fault) {
      expect(fault instanceof RangeError || fault instanceof TypeError).toBe(true);
    }
  }
});
