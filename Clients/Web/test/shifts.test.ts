import { expect, it } from "vitest";
import { shiftsOf } from "../src/views/shifts.js";
import { initialState, type State } from "../src/views/state.js";

const standing = (ranks: Readonly<Record<string, number>>): State => {
  const people = Object.keys(ranks);
  return {
    ...initialState,
    kind: "group",
    members: new Map(people.map((one) => [one, { role: "member", roles: [one], joinedAt: 0 } as never])),
    rules: {
      ...initialState.rules,
      roles: new Map(people.map((one) => [one, { role: one, name: one, rank: ranks[one] ?? 0 } as never])),
    },
  };
};

it("where nobody's rank changes, or nobody passes anybody, there is nothing to tell", () => {
  expect(shiftsOf(standing({ mia: 3, noor: 1 }), standing({ mia: 3, noor: 1 }))).toEqual([]);
  expect(shiftsOf(standing({ mia: 3, noor: 1 }), standing({ mia: 7, noor: 2 }))).toEqual([]);
});

it("who comes to stand higher stands above those whom they pass, and who passed them no more", () => {
  const shifts = shiftsOf(standing({ dev: 1, ama: 1, noor: 2, mia: 5 }), standing({ dev: 3, ama: 3, noor: 2, mia: 5 }));
  expect(shifts).toEqual([
    { people: ["dev", "ama"], others: ["noor"], isGained: true },
    { people: ["noor"], others: ["dev", "ama"], isGained: false },
  ]);
});

it("who comes to stand as high is acted on no more, and acts on nobody more", () => {
  expect(shiftsOf(standing({ dev: 1, noor: 2 }), standing({ dev: 2, noor: 2 }))).toEqual([
    { people: ["noor"], others: ["dev"], isGained: false },
  ]);
});
