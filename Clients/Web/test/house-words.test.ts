import { expect, it } from "vitest";
import { plain, ways } from "../src/app/house/refusals.js";
import { gameName } from "../src/app/words.js";
import { games } from "../src/ui/games/catalogue.js";

const refusal = (code: string, rule: string, retry_after_ms?: number) => ({
  code,
  because: [rule],
  ...(retry_after_ms === undefined ? {} : { retry_after_ms }),
});

it("16 says at each door why it stayed shut, and the way on", () => {
  expect(ways(refusal("full", "room.capacity"), "Kitchen", 8)).toEqual({
    text: "Kitchen is full (8). Wave, or light the spare room.",
    may: ["wave", "light"],
  });
  expect(ways(refusal("forbidden", "room.locked"), "Attic").may).toEqual(["knock"]);
  expect(ways(refusal("forbidden", "room.open"), "Attic").may).toEqual(["enter"]);
  expect(ways(refusal("not_found", "room.unknown"), "Attic").text).toBe("Attic is dark, or not open to you any more.");
  for (const rule of ["room.expelled", "room.knocks", "knock.declined", "knock.unanswered"])
    expect(ways(refusal("forbidden", rule), "Attic").may.length).toBeGreaterThan(0);
});

it("says in a sentence what else was not done, and until when", () => {
  expect(plain(refusal("rate_limited", "wave.rate", 6400))).toBe("You waved a moment ago. Try again in 7 s.");
  expect(plain(refusal("no_answer", "something.new"))).toBe("Nobody answered. Try again in a moment.");
  expect(ways(refusal("no_answer", "something.new"), "Attic").text).toContain("Nobody answered");
});

it("calls each game as it is called where one chooses it, and one that it does not know by its name", () => {
  for (const { name, title } of games) expect(gameName(name)).toBe(title);
  expect(gameName("long_word")).toBe("Long word");
});
