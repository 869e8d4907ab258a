import type { Card, House, HouseTold, RoomTold, RoomView } from "../wire/house.js";

/** A house in which nobody is. */
export const emptyHouse: House = {
  me: { private: false, ghosted: [], muted: [], sneaking: false },
  friends: [],
  rooms: [],
  waves: [],
};

const without = <T>(all: readonly T[], isIt: (one: T) => boolean): readonly T[] => all.filter((one) => !isIt(one));

/** The house after something was told of it; the same where nothing of it is otherwise. */
export function tell(house: House, told: HouseTold): House {
  switch (told.type) {
    case "card":
      return { ...house, rooms: placed(house.rooms, told.card) };
    case "closed":
      return { ...house, rooms: without(house.rooms, ({ room }) => room === told.room) };
    case "friend": {
      const { person, where, room } = told;
      const others = without(house.friends, (friend) => friend.person === person);
      const isIn = where === "hall" || where === "room";
      return { ...house, friends: isIn ? [...others, { person, where, ...(room ? { room } : {}) }] : others };
    }
    case "wave": {
      const { by, at, room, buzz } = told;
      const others = without(house.waves, (wave) => wave.by === by);
      return { ...house, waves: [...others, { by, at, buzz, ...(room ? { room } : {}) }] };
    }
    default:
      return house;
  }
}

// In its place, so that no window jumps; a new one comes last.
function placed(rooms: readonly Card[], card: Card): readonly Card[] {
  const at = rooms.findIndex(({ room }) => room === card.room);
  return at < 0 ? [...rooms, card] : rooms.with(at, card);
}

/** A room's talk has so many lines at most. */
const longestTalk = 100;

/**
 * The room one is in after something was told of it: of two, the later one is how it is. Undefined where something in
 * between was missed, and it is to be asked for.
 */
export function tellRoom(held: RoomView | null, told: RoomTold): RoomView | null | undefined {
  const before = held?.room === told.room ? held : null;
  if (before && before.version > told.version) return before;
  if (!("view" in told)) return before ? null : held;
  const { since, view } = told;
  if (since > (before?.version ?? 0)) return undefined;
  const earlier = since > 0 ? (before?.talk.filter(({ version }) => version <= since) ?? []) : [];
  return { ...view, talk: [...earlier, ...view.talk].slice(-longestTalk), table: view.table ?? before?.table ?? null };
}

/** Those of a room who are new to one. */
export const strangers = (card: Card) => (card.occupants ?? []).filter(({ stranger }) => stranger);

const friendsIn = ({ occupants }: Card): number => (occupants ?? []).filter(({ stranger }) => !stranger).length;

/** Rooms in the order in which their windows stand: one's own, then where most friends are, then the locked ones. */
export const lined = (rooms: readonly Card[]): readonly Card[] =>
  [...rooms].sort(
    (a, b) => Number(b.mine ?? false) - Number(a.mine ?? false) || friendsIn(b) - friendsIn(a) || before(a, b),
  );

const before = (a: Card, b: Card): number => (a.room < b.room ? -1 : a.room > b.room ? 1 : 0);

/** What rooms may be called, if somebody has no name in mind. */
export const names = ["Kitchen", "Study", "Balcony", "Workshop", "Attic", "Spare room"] as const;

/** Those of the names that no lit room has. */
export function freeNames(rooms: readonly Card[]): readonly string[] {
  const used = new Set(rooms.map(({ name }) => name.toLowerCase()));
  return names.filter((name) => !used.has(name.toLowerCase()));
}

/** Who stands in the hall, by when they came there. */
export const hallOf = (house: House): readonly string[] =>
  house.friends.filter(({ where }) => where === "hall").map(({ person }) => person);

/** For how long a knock counts. */
export const knockLasts = 120_000;
