import type { Card, House, RoomView } from "../src/wire/house.js";

export const card = (room: string, name: string, more: Partial<Card> = {}): Card => ({
  room,
  name,
  locked: false,
  occupants: [{ person: "mia" }],
  ...more,
});

export const inside = (version: number, more: Partial<RoomView> = {}): RoomView => ({
  room: "r1",
  version,
  name: "Kitchen",
  capacity: 8,
  keeper: "mia",
  occupants: [{ person: "mia", since: 1, way: "lit" }],
  knocks: [],
  talk: [{ version: 1, by: "mia", at: 1, what: "lit" }],
  ...more,
});

export const houseOf = (more: Partial<House> = {}): House => ({
  me: { private: false, ghosted: [], muted: [], sneaking: false },
  friends: [{ person: "mia", where: "hall" }],
  rooms: [],
  waves: [],
  ...more,
});
