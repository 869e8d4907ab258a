import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Keeping, type Outside } from "../src/app/house/keeping.js";
import { doors, flights, house, presence, room } from "../src/app/house/state.js";
import type { House, RoomView } from "../src/wire/house.js";
import type { Answer } from "../src/wire/types.js";
import { card, houseOf, inside } from "./rooms.js";

let asked: string[];
let answers: { house: House; room: RoomView | null; isUp: boolean };
let heard: string[];
let keeping: Keeping;

function answer(area: string, verb: string): Answer<unknown> {
  if (!answers.isUp) return { refused: { code: "no_answer", because: [] } };
  if (verb === "here") return { ok: { lease_ms: 30_000 } };
  if (area === "house") return { ok: answers.house };
  const { room: id, version, ...view } = answers.room ?? inside(0);
  return answers.room
    ? { ok: { room: id, version, since: 0, view } }
    : { refused: { code: "not_found", because: ["room.unknown"] } };
}

const outside: Outside = {
  ask: (area, id, verb, body) => {
    asked.push(`${area} ${id} ${verb} ${JSON.stringify(body)}`);
    return Promise.resolve(answer(area, verb));
  },
  came: (people) => heard.push(`came ${people.join()}`),
  waved: (by, where, buzz) => heard.push(`wave ${by} ${where ?? "-"} ${buzz}`),
  admitted: (id) => heard.push(`admitted ${id}`),
  gone: (id, name, why) => heard.push(`gone ${id} ${name} ${why}`),
  signal: (by, device, data) => heard.push(`signal ${by} ${device} ${data}`),
  onCall: (other) => void (other && heard.push(`on a call with ${other}`)),
  met: () => undefined,
};

const passes = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const count = (what: string): number => asked.filter((one) => one.startsWith(what)).length;

beforeEach(async () => {
  vi.useFakeTimers();
  asked = [];
  heard = [];
  answers = { house: houseOf(), room: null, isUp: true };
  presence.value = "in";
  keeping = new Keeping(outside);
  keeping.open();
  await passes();
});

afterEach(() => keeping.close());

it("says that one is here, thrice in a lease, and goes on where nobody answered", async () => {
  expect(count("house - here")).toBe(1);
  await passes(30_000);
  expect(count("house - here")).toBe(4);
  answers.isUp = false;
  await passes(60_000);
  const before = count("house - here");
  answers.isUp = true;
  await passes(30_000);
  expect(count("house - here")).toBeGreaterThan(before + 1);
});

it("says it again within seconds where nobody answered: whoever was away is waited for no longer", async () => {
  keeping.close();
  answers.isUp = false;
  keeping = new Keeping(outside);
  keeping.open();
  await passes();
  const before = count("house - here");
  await passes(3000);
  expect(count("house - here")).toBe(before + 1);
});

it("sneaks in, is seen again, and says nothing once it is out", async () => {
  await keeping.be("sneak");
  expect(asked.at(-1)).toBe('house - here {"sneak":true}');
  await keeping.be("in");
  expect(asked.at(-1)).toBe('house - here {"sneak":false}');
  await keeping.be("out");
  expect(asked.at(-1)).toBe('house - here {"away":true}');
  const before = count("house - here");
  keeping.open();
  await passes(120_000);
  expect(count("house - here")).toBe(before);
});

it("asks for the house anew within a minute or a little more, for anything may be lost", async () => {
  expect(count("house - get")).toBe(1);
  answers.house = houseOf({ friends: [] });
  await passes(75_000);
  expect(count("house - get")).toBe(2);
  expect(house.value?.friends).toEqual([]);
});

it("keeps what it held while nobody answers", async () => {
  answers.isUp = false;
  await passes(75_000);
  expect(house.value).toEqual(houseOf());
});

it("finds the room one is in, and that one is in none any more", async () => {
  answers.house = houseOf({ me: { ...houseOf().me, room: "r1" } });
  answers.room = inside(4);
  keeping.open();
  await passes();
  expect(room.value?.version).toBe(4);
  keeping.inRoom({ room: "r1", version: 3, since: 2, view: inside(3) });
  expect(room.value?.version).toBe(4);
  answers.house = houseOf();
  await keeping.fetch();
  expect(room.value).toBe(null);
});

it("asks for the room where something of it was lost, and for the house where it is told to", async () => {
  keeping.inRoom({ room: "r1", version: 2, since: 0, view: inside(2) });
  answers.room = inside(7);
  keeping.inRoom({ room: "r1", version: 6, since: 5, view: inside(6) });
  await passes();
  expect(count("room r1 get")).toBe(1);
  expect(room.value?.version).toBe(7);
  const before = count("house - get");
  keeping.hear({ type: "anew" });
  expect(count("house - get")).toBe(before + 1);
});

it("tells why one is out, once", () => {
  keeping.inRoom({ room: "r1", version: 2, since: 0, view: inside(2) });
  keeping.inRoom({ room: "r1", version: 3, gone: "expelled" });
  keeping.inRoom({ room: "r1", version: 3, gone: "expelled" });
  expect(heard).toEqual(["gone r1 Kitchen expelled"]);
});

it("waits at a door where it knocked: for two minutes, or until somebody answers", async () => {
  keeping.hear({ type: "answered", room: "a", admitted: true });
  expect(heard).toEqual([]);
  keeping.knocked("a");
  expect(doors.value.get("a")?.is).toBe("knocking");
  keeping.hear({ type: "answered", room: "a", admitted: true });
  expect(heard).toEqual(["admitted a"]);
  keeping.knocked("b");
  keeping.hear({ type: "answered", room: "b", admitted: false });
  expect(doors.value.get("b")).toMatchObject({ is: "refused", refusal: { because: ["knock.declined"] } });
  keeping.knocked("c");
  await passes(121_000);
  expect(doors.value.get("c")).toMatchObject({ is: "refused", refusal: { because: ["knock.unanswered"] } });
});

it("lets a reaction fly for a moment, and only in the room one is in", async () => {
  keeping.hear({ type: "reaction", room: "r1", by: "mia", emoji: "👏" });
  expect(flights.value).toEqual([]);
  keeping.inRoom({ room: "r1", version: 2, since: 0, view: inside(2) });
  keeping.hear({ type: "reaction", room: "r1", by: "mia", emoji: "👏" });
  expect(flights.value.map(({ emoji }) => emoji)).toEqual(["👏"]);
  await passes(1400);
  expect(flights.value).toEqual([]);
});

it("passes on what concerns one, and nothing that is signalled elsewhere", () => {
  keeping.hear({ type: "notice", people: ["mia", "yuki"] });
  keeping.hear({ type: "wave", by: "mia", at: 1, room: "a", buzz: true });
  keeping.hear({ type: "signal", room: "r1", by: "mia", device: "phone", data: "x" });
  keeping.inRoom({ room: "r1", version: 2, since: 0, view: inside(2) });
  keeping.hear({ type: "signal", room: "r1", by: "mia", device: "phone", data: "y" });
  expect(heard).toEqual(["came mia,yuki", "wave mia a true", "signal mia phone y"]);
  expect(house.value?.waves.length).toBe(1);
});

it("holds nothing once it is closed", async () => {
  keeping.hear({ type: "card", card: card("a", "Attic") });
  expect(house.value?.rooms.length).toBe(1);
  keeping.close();
  const before = asked.length;
  await passes(300_000);
  expect(house.value).toBe(null);
  expect(asked.length).toBe(before);
});

it("asks for nothing again once it is closed, whatever was under way", async () => {
  answers.isUp = false;
  const looking = keeping.look("r1");
  keeping.close();
  await looking;
  await keeping.fetch();
  const before = asked.length;
  await passes(300_000);
  expect(asked.length).toBe(before);
});

it("asks soon again for the house, and for the room one is in, where nobody answered", async () => {
  const asks = (): number => count("house - get");
  answers.isUp = false;
  await keeping.fetch();
  const before = asks();
  await passes(3100);
  expect(asks()).toBe(before + 1);
  answers = { house: houseOf({ me: { ...houseOf().me, room: "r1" } }), room: inside(1), isUp: true };
  await passes(3100);
  expect(room.value?.room).toBe("r1");
  expect(asks()).toBe(before + 2);
  await passes(30_000);
  expect(asks()).toBe(before + 2);

  answers.isUp = false;
  await keeping.look("r1");
  answers = { ...answers, room: inside(2), isUp: true };
  await passes(3100);
  expect(room.value?.version).toBe(2);
});
