import { describe, expect, it } from "vitest";
import { aheadOf, clockText, isQuiet, minuteOf, quietFrom, zoneText } from "../src/views/quiet.js";
import { readHouse } from "../src/wire/readHouse.js";
import { emptyHouse } from "../src/views/house.js";

const at = (text: string): number => Date.parse(`2026-03-03T${text}Z`);

describe("quiet hours", () => {
  it("go over midnight, by the clock that they were set by", () => {
    const night = quietFrom(22 * 60, 8 * 60, 120);
    expect(night).toEqual({ from: 1320, to: 480, ahead: 120 });
    expect(["19:59", "20:00", "23:30", "05:59", "06:00"].map((time) => isQuiet(night, at(`${time}:59`)))).toEqual([
      ...[false, true, true, true, false],
    ]);
  });

  it("are within a day, where they begin before they end", () => {
    const noon = quietFrom(12 * 60, 13 * 60, -210);
    expect(noon).toEqual({ from: 720, to: 780, behind: 210 });
    expect(["15:29", "15:30", "16:29", "16:30"].map((time) => isQuiet(noon, at(`${time}:00`)))).toEqual([
      ...[false, true, true, false],
    ]);
  });

  it("are none where both ends are the same, or there are none", () => {
    expect([isQuiet(quietFrom(60, 60, 0), at("01:00:00")), isQuiet(undefined)]).toEqual([false, false]);
  });

  it("are written as fields for times have them", () => {
    expect([clockText(0), clockText(1325), minuteOf("22:05"), minuteOf("00:00:30")]).toEqual([
      ...["00:00", "22:05", 1325, 0],
    ]);
    expect([minuteOf(""), minuteOf("24:00"), minuteOf("9:00")]).toEqual([null, null, null]);
    expect([0, 120, -210].map(zoneText)).toEqual(["UTC", "UTC+2", "UTC−3:30"]);
    expect(aheadOf({ from: 0, to: 1, behind: 90 })).toBe(-90);
  });

  it("are read with the house", () => {
    const withQuiet = (quiet: unknown) => readHouse({ ...emptyHouse, me: { ...emptyHouse.me, quiet } });
    expect(withQuiet({ from: 1, to: 2, ahead: 60 })?.me.quiet).toEqual({ from: 1, to: 2, ahead: 60 });
    expect(withQuiet({ from: "1", to: 2 })).toBeNull();
  });
});
