import { encode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { readEphemeral, readEvent, readHouseEphemeral, readRoomEvent } from "../src/wire/codec.js";
import { readHouse, readRoom } from "../src/wire/readHouse.js";
import { card, houseOf, inside } from "./rooms.js";

const bytes = (value: unknown): Uint8Array => encode(value, { ignoreUndefined: true });

const told = [
  { type: "card", card: card("a", "Attic") },
  { type: "card", card: { room: "a", name: "Attic", locked: true } },
  { type: "closed", room: "a" },
  { type: "friend", person: "mia", where: "away" },
  { type: "wave", by: "mia", at: 1, buzz: false },
  { type: "anew" },
  { type: "card", card: card("a", "Attic", { occupants: [{ person: "sven", stranger: true, via: "mia" }] }) },
  { type: "card", card: card("a", "Attic", { game: "trivia" }) },
  { type: "notice", people: ["mia"] },
  { type: "reaction", room: "a", by: "mia", emoji: "👏" },
  { type: "signal", room: "a", by: "mia", device: "phone", data: "{}" },
  { type: "answered", room: "a", admitted: true },
];

describe("what is told of the house", () => {
  it("is read as it was written", () => {
    for (const one of told) {
      expect(readHouseEphemeral(bytes(one))).toEqual(one);
      expect(readEphemeral(bytes(one))).toBe(null);
    }
  });

  it("is passed over where anything that it must have is missing or is something else", () => {
    for (const one of told)
      for (const name of Object.keys(one)) {
        const { [name]: _, ...rest } = one as Record<string, unknown>;
        expect(readHouseEphemeral(bytes(rest)), `${one.type} without ${name}`).toBe(null);
        expect(readHouseEphemeral(bytes({ ...one, [name]: 1.5e300 })) === null, `${one.type} ${name}`).toBe(
          name !== "at",
        );
      }
  });

  it("is never the end of anything, whatever the bytes", () => {
    const some = [
      new Uint8Array(),
      new Uint8Array([0xc1, 0xff]),
      bytes(null),
      bytes([1]),
      bytes({ type: "constructor" }),
    ];
    for (const one of some) {
      expect(readHouseEphemeral(one)).toBe(null);
      expect(readRoomEvent(one)).toBe(null);
    }
    for (const one of [null, undefined, 7, "x", [], { me: null }]) {
      expect(readHouse(one)).toBe(null);
      expect(readRoom(one).view ?? readRoom(one).card).toBe(undefined);
    }
  });
});

describe("a room", () => {
  const { room, version, ...view } = inside(3, { locked_by: "mia" });

  it("is read with all that is inside, and tells when one is gone", () => {
    const event = { room, version, since: 2, view };
    expect(readRoomEvent(bytes(event))).toEqual({ ...event, view: { ...view, room, version } });
    expect(readEvent(bytes(event))).toBe(null);
    const gone = { room: "r1", version: 4, gone: "left" };
    expect(readRoomEvent(bytes(gone))).toEqual(gone);
    expect(readRoomEvent(bytes({ room, version, view }))).toBe(null);
    expect(readRoomEvent(bytes({ room, version }))).toBe(null);
  });

  it("is passed over where one of its people or lines is not one", () => {
    const answer = { room, version, since: 0, view };
    expect(readRoom(answer)).toEqual({ view: { ...view, room, version } });
    expect(readRoom({ card: card("a", "Attic") })).toEqual({ card: card("a", "Attic") });
    expect(readRoom({ ...answer, view: { ...view, occupants: [{ person: "mia" }] } })).toEqual({});
    expect(readRoom({ ...answer, view: { ...view, talk: [{ by: "mia" }] } })).toEqual({});
    expect(readHouse(houseOf())).toEqual(houseOf());
    expect(readHouse({ ...houseOf(), rooms: [{ room: "a" }] })).toBe(null);
  });
});
