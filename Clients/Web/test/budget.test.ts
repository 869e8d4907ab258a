import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

// Kilobytes as they travel. `npm run build` writes what is weighed here.
const dist = new URL("../dist/", import.meta.url);
interface Sizes {
  shell: string[];
  all: string[];
  rooms: string[];
  games: string[];
  calls: string[];
  meet: string[];
  records: string[];
}
const files = JSON.parse(readFileSync(new URL("files.json", dist), "utf8")) as Sizes;
const weight = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length, 0) / 1000;

describe("the budget", () => {
  it("25 gives the shell 30 kB", () => expect(weight(files.shell)).toBeLessThanOrEqual(30));
  it("25 gives all but the rooms 120 kB", () => {
    expect(files.rooms.length).toBeGreaterThan(3);
    expect(
      weight(
        files.all.filter(
          (name) =>
            ![files.rooms, files.games, files.calls, files.meet, files.records].some((some) => some.includes(name)),
        ),
      ),
    ).toBeLessThanOrEqual(120);
  });
  it("25 gives the windows, the rooms and their calls 30 kB, each when it is needed", () => {
    expect(weight(files.rooms)).toBeLessThanOrEqual(30);
    for (const part of ["Room", "call"])
      expect(files.rooms.filter((name) => name.startsWith(`${part}-`) && name.endsWith(".js"))).toHaveLength(1);
  });
  it("25 gives the games 18 kB, once one is offered", () => {
    expect(weight(files.games)).toBeLessThanOrEqual(18);
    expect(files.games.filter((name) => name.endsWith(".js"))).toHaveLength(1);
    expect(files.games.filter((name) => name.endsWith(".css"))).toHaveLength(1);
  });
  it("25 gives calls of two 7 kB, with the first of them", () => {
    expect(weight(files.calls)).toBeLessThanOrEqual(7);
    expect(files.calls.filter((name) => name.endsWith(".css"))).toHaveLength(1);
  });
  it("gives who is found and what one keeps to oneself 2 kB, with the people", () => {
    expect(files.meet).toHaveLength(1);
    expect(weight(files.meet)).toBeLessThanOrEqual(2);
  });
  it("asks early for the code of the connection, and for nothing that is not there", () => {
    const early = files.shell.find((name) => name.startsWith("early-")) ?? "";
    const named = [...readFileSync(new URL(early, dist), "utf8").matchAll(/"\/([^"]+\.js)"/g)].map(([, name]) => name);
    expect(named.filter((name) => name?.startsWith("engine-"))).toHaveLength(1);
    for (const name of named) expect(files.all).toContain(name);
    expect(named.filter((name) => files.shell.includes(name ?? ""))).toEqual([]);
  });
  it("gives the wish for a record 2 kB, once one looks at it", () => {
    expect(files.records).toHaveLength(1);
    expect(weight(files.records)).toBeLessThanOrEqual(2);
  });
  it("takes nothing from elsewhere", () => {
    const html = readFileSync(new URL("index.html", dist), "utf8");
    expect(html.match(/(src|href)="(?!\/[^/])/g)).toBeNull();
    for (const [, name] of html.matchAll(/(?:src|href)="\/([^"]+)"/g))
      expect(existsSync(new URL(name ?? "", dist))).toBe(true);
    for (const name of files.all.filter((one) => one.endsWith(".css")))
      expect(readFileSync(new URL(name, dist), "utf8")).not.toMatch(/url\(["']?(https?:)?\/\//);
  });
});
