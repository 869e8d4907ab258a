import { beforeAll, describe, expect, it, vi } from "vitest";
import type { TableView } from "../src/wire/games.js";
import type { RoomView } from "../src/wire/house.js";

let heardOf: typeof import("../src/app/house/sounds.js").heardOf;

beforeAll(async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("location", { hash: "" });
  ({ heardOf } = await import("../src/app/house/sounds.js"));
});

const occupant = (person: string) => ({ person, since: 1, way: "friend" });

const den = (more: Partial<RoomView> = {}): RoomView => ({
  ...{ room: "r1", version: 1, name: "Den", capacity: 8 },
  ...{ occupants: ["mia", "noor"].map(occupant), knocks: [], talk: [], table: null },
  ...more,
});

const table = (more: object): TableView =>
  ({ phase: "playing", number: 1, seats: ["mia", "noor"], shown: [], scores: [], ...more }) as unknown as TableView;

describe("what is heard of a room", () => {
  it("is the door, when one walks in and when somebody else does", () => {
    expect(heardOf(null, den(), "noor")).toBe("door");
    expect(heardOf(den(), den({ occupants: ["mia", "noor", "sven"].map(occupant) }), "noor")).toBe("door");
    expect(heardOf(den(), den({ occupants: [occupant("noor")] }), "noor")).toBeNull();
    expect(heardOf(den(), null, "noor")).toBeNull();
  });

  it("is a knock, each time that somebody does", () => {
    const knocks = [{ person: "sven", at: 5 }];
    expect(heardOf(den(), den({ knocks }), "noor")).toBe("knock");
    expect(heardOf(den({ knocks }), den({ knocks }), "noor")).toBeNull();
    expect(heardOf(den({ knocks }), den({ knocks: [{ person: "sven", at: 9 }] }), "noor")).toBe("knock");
  });

  it("is that it is one's turn, once", () => {
    const turn = (guesser: string) =>
      den({ table: table({ play: { is: "heads_up", guesser, is_running: false, lap: 1 } }) });
    expect(heardOf(turn("mia"), turn("noor"), "noor")).toBe("turn");
    expect(heardOf(turn("noor"), turn("noor"), "noor")).toBeNull();
    expect(heardOf(turn("mia"), turn("noor"), "sven")).toBeNull();
    const asked = (number: number) => den({ table: table({ play: { is: "trivia", stage: "open", number } }) });
    expect(heardOf(asked(1), asked(2), "noor")).toBe("turn");
    expect(heardOf(den(), den({ table: table({ phase: "gathering", seats: ["mia"] }) }), "noor")).toBe("turn");
  });
});
