import type { House, HouseTold, RoomAnswer, RoomTold } from "./house.js";

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const number: Check = (value) => typeof value === "number";
const truth: Check = (value) => typeof value === "boolean";

const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const people = list(text);
const reason = shape({ kind: text, by: maybe(text) });
const self = shape({ room: maybe(text), private: truth, ghosted: people, muted: people, sneaking: truth });
const wave = { by: text, at: number, room: maybe(text), buzz: truth };

const card = shape({
  room: text,
  name: text,
  locked: truth,
  mine: maybe(truth),
  full: maybe(truth),
  occupants: maybe(list(shape({ person: text, via: maybe(text) }))),
});

const line = shape({
  ...{ version: number, by: text, at: number, text: maybe(text), to: maybe(text) },
  ...{ what: maybe(text), who: maybe(text), reason: maybe(reason) },
});

const room = shape({
  ...{ room: text, version: number, name: text, capacity: number, keeper: text, locked_by: maybe(text) },
  occupants: list(shape({ person: text, since: number, reason })),
  knocks: list(shape({ person: text, at: number, via: maybe(text) })),
  guests: maybe(people),
  talk: list(line),
});

const house = shape({
  me: self,
  friends: list(shape({ person: text, where: text, room: maybe(text) })),
  rooms: list(card),
  waves: list(shape(wave)),
});

const told: Readonly<Record<string, Check>> = {
  card: shape({ card }),
  closed: shape({ room: text }),
  friend: shape({ person: text, where: text, room: maybe(text) }),
  wave: shape(wave),
  me: shape({ me: self }),
  notice: shape({ people }),
  reaction: shape({ room: text, by: text, emoji: text }),
  signal: shape({ room: text, by: text, device: text, data: text }),
  answered: shape({ room: text, admitted: truth }),
};

/** What is told of the house; null where it is something else, or lacks what it must have. */
export function readHouseTold(value: Readonly<Record<string, unknown>> | null): HouseTold | null {
  const check = value && Object.hasOwn(told, String(value["type"])) ? told[String(value["type"])] : undefined;
  return check?.(value) ? (value as unknown as HouseTold) : null;
}

const event = shape({ room: text, version: number, view: maybe(room), gone: maybe(text) });

/** What is told of one's room; null where it is something else. */
export const readRoomTold = (value: Readonly<Record<string, unknown>> | null): RoomTold | null =>
  value && event(value) && ("view" in value || "gone" in value) ? (value as unknown as RoomTold) : null;

export const readHouse = (value: unknown): House | null => (house(value) ? (value as House) : null);

const answer = shape({ view: maybe(room), card: maybe(card) });

/** What a room answers; empty where it cannot be read. */
export const readRoom = (value: unknown): RoomAnswer => (answer(value) ? (value as RoomAnswer) : {});
