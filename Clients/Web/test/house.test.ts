import { describe, expect, it } from "vitest";
import { whoIsIn } from "../src/app/house/names.js";
import { emptyHouse, freeNames, hallOf, lined, strangers, tell, tellRoom } from "../src/views/house.js";
import { card, houseOf, inside } from "./rooms.js";

describe("what is told of the house", () => {
  it("puts a window where it was, and a new one last", () => {
    const house = houseOf({ rooms: [card("a", "Attic"), card("b", "Study")] });
    const next = tell(house, { type: "card", card: card("a", "Attic", { locked: true, occupants: [] }) });
    expect(next.rooms.map(({ room, locked }) => [room, locked])).toEqual([
      ["a", true],
      ["b", false],
    ]);
    expect(tell(next, { type: "card", card: card("c", "Kitchen") }).rooms.at(-1)?.room).toBe("c");
    expect(tell(next, { type: "closed", room: "a" }).rooms.map(({ room }) => room)).toEqual(["b"]);
  });

  it("moves friends between the hall and rooms, and lets them go", () => {
    const moved = tell(houseOf(), { type: "friend", person: "mia", where: "room", room: "a" });
    expect(moved.friends).toEqual([{ person: "mia", where: "room", room: "a" }]);
    expect(hallOf(moved)).toEqual([]);
    expect(hallOf(tell(moved, { type: "friend", person: "yuki", where: "hall" }))).toEqual(["yuki"]);
    expect(tell(moved, { type: "friend", person: "mia", where: "away" }).friends).toEqual([]);
  });

  it("shows of several waves of somebody the last", () => {
    const once = tell(houseOf(), { type: "wave", by: "mia", at: 1, buzz: false });
    const twice = tell(once, { type: "wave", by: "mia", at: 2, buzz: true, room: "a" });
    expect(twice.waves).toEqual([{ by: "mia", at: 2, buzz: true, room: "a" }]);
  });

  it("is the same after what is not of it", () => {
    const house = houseOf();
    expect(tell(house, { type: "notice", people: ["mia"] })).toBe(house);
    expect(tell(house, { type: "answered", room: "a", admitted: true })).toBe(house);
  });
});

describe("what is told of one's room", () => {
  const line = (version: number) => ({ version, what: "said", by: "mia", at: version, text: `t${version}` });
  const told = (version: number, since: number, ...talk: number[]) => ({
    ...{ room: "r1", version, since },
    view: inside(version, { talk: talk.map(line) }),
  });
  const versions = (view: ReturnType<typeof tellRoom>) => view?.talk.map(({ version }) => version);

  it("is taken by the version, whatever the order", () => {
    expect(tellRoom(inside(5), told(4, 3))?.version).toBe(5);
    expect(tellRoom(inside(5), told(6, 5))?.version).toBe(6);
    expect(tellRoom(inside(5), { room: "r1", version: 4, gone: "left" })?.version).toBe(5);
    expect(tellRoom(inside(5), { room: "r1", version: 6, gone: "left" })).toBe(null);
  });

  it("joins what was said on to what is held, once, and asks where something is missing", () => {
    const held = inside(5, { talk: [line(3), line(5)] });
    expect(versions(tellRoom(held, told(6, 5, 6)))).toEqual([3, 5, 6]);
    expect(versions(tellRoom(held, told(6, 4, 5, 6)))).toEqual([3, 5, 6]);
    expect(tellRoom(held, told(8, 6, 7, 8))).toBe(undefined);
    expect(tellRoom(null, told(8, 6, 7, 8))).toBe(undefined);
    expect(versions(tellRoom(held, told(8, 0, 7, 8)))).toEqual([7, 8]);
    const long = inside(200, { talk: Array.from({ length: 100 }, (_, n) => line(101 + n)) });
    expect(versions(tellRoom(long, told(201, 200, 201)))?.length).toBe(100);
  });

  it("moves one on, and does not put one out of another room", () => {
    const study = inside(1, { room: "r2", name: "Study" });
    expect(tellRoom(inside(5), { room: "r2", version: 1, since: 0, view: study })?.name).toBe("Study");
    expect(tellRoom(study, { room: "r1", version: 9, gone: "left" })).toBe(study);
  });
});

describe("windows", () => {
  it("stand by how many friends are in them, one's own before, locked ones after", () => {
    const rooms = [
      card("shut", "Movie night", { locked: true, occupants: [] }),
      card("few", "Attic"),
      card("new", "Balcony", { occupants: [{ person: "sven", stranger: true, via: "mia" }, { person: "mia" }] }),
      card("many", "Study", { occupants: [{ person: "ama" }, { person: "leila" }] }),
      card("mine", "Kitchen", { mine: true, occupants: [{ person: "noor" }] }),
    ];
    expect(lined(rooms).map(({ room }) => room)).toEqual(["mine", "many", "few", "new", "shut"]);
    expect(lined([...rooms].reverse())).toEqual(lined(rooms));
  });

  it("name who is new to one, and are called what no other is", () => {
    const one = card("a", "Balcony", {
      occupants: [{ person: "sven", stranger: true, via: "mia" }, { person: "mia" }],
    });
    expect(strangers(one).map(({ person }) => person)).toEqual(["sven"]);
    expect(freeNames([one, card("b", "kitchen")])).toEqual(["Study", "Workshop", "Attic", "Spare room"]);
  });

  it("are counted in words", () => {
    expect(whoIsIn(12, 5)).toBe("Twelve friends are in. Five rooms are lit.");
    expect(whoIsIn(1, 1)).toBe("One friend is in. One room is lit.");
    expect(whoIsIn(21, 0)).toBe("21 friends are in. No rooms are lit.");
    expect(whoIsIn(emptyHouse.friends.length, 0)).toContain("Light a room");
  });
});
