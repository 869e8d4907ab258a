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
const self = shape({
  ...{ room: maybe(text), private: truth, ghosted: people, muted: people, sneaking: truth, call: maybe(text) },
  quiet: maybe(shape({ from: number, to: number, ahead: maybe(number), behind: maybe(number) })),
});
const wave = { by: text, at: number, room: maybe(text), buzz: truth };

const card = shape({
  room: text,
  name: text,
  locked: truth,
  mine: maybe(truth),
  full: maybe(truth),
  occupants: maybe(list(shape({ person: text, stranger: maybe(truth), via: maybe(text) }))),
  game: maybe(text),
});

const line = shape({
  ...{ version: number, what: text, by: text, at: number },
  ...{ who: maybe(text), way: maybe(text), text: maybe(text) },
});

const inside = shape({
  ...{ name: text, capacity: number, keeper: maybe(text), locked_by: maybe(text) },
  occupants: list(shape({ person: text, since: number, way: text, by: maybe(text) })),
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
  anew: shape({}),
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

const changed = shape({ room: text, version: number, since: number, view: inside });
const gone = shape({ room: text, version: number, gone: text });

type Fields = Readonly<Record<string, unknown>>;

/** What is told of one's room; null where it is something else. */
export function readRoomTold(value: Fields | null): RoomTold | null {
  if (gone(value)) return value as unknown as RoomTold;
  if (!changed(value)) return null;
  const { room, version, view } = value as { room: string; version: number; view: object };
  return { ...value, view: { ...view, room, version } } as RoomTold;
}

export const readHouse = (value: unknown): House | null => (house(value) ? (value as House) : null);

const outside = shape({ card });

/** What a room answers; empty where it cannot be read. */
export function readRoom(value: unknown): RoomAnswer {
  if (outside(value)) return value as RoomAnswer;
  const told = changed(value) ? readRoomTold(value as Fields) : null;
  return told && "view" in told ? { view: told.view } : {};
}
