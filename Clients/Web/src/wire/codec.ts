import { decode, decodeTimestampToTimeSpec, encode, EXT_TIMESTAMP, ExtensionCodec } from "@msgpack/msgpack";
import type { Call } from "./calls.js";
import type { HouseTold, RoomTold } from "./house.js";
import { readHouseTold, readRoomTold } from "./readHouse.js";
import type { Answer, Bond, Ephemeral, Seen } from "./types.js";

// A time as a number compares, sorts and is stored as it is; nothing here needs finer than a millisecond.
const codec = new ExtensionCodec();
codec.register({
  type: EXT_TIMESTAMP,
  encode: () => null,
  decode: (bytes) => {
    const { sec, nsec } = decodeTimestampToTimeSpec(bytes);
    return sec * 1000 + Math.floor(nsec / 1_000_000);
  },
});

export const toBytes = (body: object): Uint8Array => encode(body, { ignoreUndefined: true });

const fromBytes = (bytes: Uint8Array): unknown => decode(bytes, { extensionCodec: codec });

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whatever the bytes are, the result is an answer. */
export function readAnswer<T>(bytes: Uint8Array): Answer<T> {
  try {
    const answer = fromBytes(bytes);
    if (isMap(answer) && ("ok" in answer || isMap(answer["refused"]))) return answer as Answer<T>;
  } catch {
    // Falls through: what cannot be read is told like any other refusal.
  }
  return { refused: { code: "malformed", because: ["answer.unreadable"] } };
}

const known = new Set(
  (
    "created renamed topic_set nicknamed invited joined left message edited redacted reacted unreacted pinned " +
    "unpinned settings_changed role_set role_dropped roles_assigned ownership_transferred kicked banned unbanned " +
    "timed_out knocked uninvited hidden called partied"
  ).split(" "),
);

/** An event of a later kind counts as hidden, so that versions stay without a gap. */
export const asKnown = (seen: Seen): Seen =>
  known.has(seen.type) ? seen : { conversation: seen.conversation, version: seen.version, type: "hidden" };

export function readEvent(bytes: Uint8Array): Seen | null {
  const event = readMap(bytes);
  return event && typeof event["conversation"] === "string" && typeof event["version"] === "number"
    ? asKnown(event as unknown as Seen)
    : null;
}

export function readBond(bytes: Uint8Array): Bond | null {
  const bond = readMap(bytes);
  return bond && typeof bond["person"] === "string" && typeof bond["state"] === "string"
    ? (bond as unknown as Bond)
    : null;
}

export function readCall(bytes: Uint8Array): Call | null {
  const call = readMap(bytes);
  return call && typeof call["caller"] === "string" && typeof call["number"] === "number"
    ? (call as unknown as Call)
    : null;
}

export function readEphemeral(bytes: Uint8Array): Ephemeral | null {
  const heard = readMap(bytes);
  return heard && /^(receipt|typing|heads|profile|reported|call_signal)$/.test(String(heard["type"]))
    ? (heard as unknown as Ephemeral)
    : null;
}

export const readHouseEphemeral = (bytes: Uint8Array): HouseTold | null => readHouseTold(readMap(bytes));

export const readRoomEvent = (bytes: Uint8Array): RoomTold | null => readRoomTold(readMap(bytes));

function readMap(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value = fromBytes(bytes);
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}
