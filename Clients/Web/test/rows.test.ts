import { describe, expect, it } from "vitest";
import type { Pending } from "../src/sync/outbox.js";
import { rowsOf, withPending, type Row, type RowsOf } from "../src/views/rows.js";
import { withLines } from "../src/views/called.js";
import { asKnown } from "../src/wire/codec.js";
import { history, message, minute, noon } from "./messages.js";

const rows = (given: Partial<RowsOf>): readonly Row[] =>
  rowsOf({
    messages: history(),
    sends: [],
    touched: new Set(),
    before: false,
    after: false,
    line: null,
    me: "noor",
    ...given,
  });

const pending = (command: Pending["command"], more: Partial<Pending> = {}): Pending => ({
  id: "p",
  order: 1,
  conversation: "c",
  command,
  at: noon,
  after: 2,
  ...more,
});

const groups = (all: readonly Row[]): string[] =>
  all.flatMap((row) =>
    row.type === "message" ? [`${row.message.seq}${row.isFirst ? "<" : ""}${row.isLast ? ">" : ""}`] : [],
  );

describe("rows", () => {
  it("group what one person says within five minutes of a day", () => {
    const messages = history(
      message(1),
      message(2),
      message(3, "noor"),
      message(4),
      message(5, "mia", { at: noon + 6 * minute }),
      message(6, "mia", { at: noon + 24 * 60 * minute }),
    );
    expect(groups(rows({ messages }))).toEqual(["1<", "2>", "3<>", "4<>", "5<>", "6<>"]);
    expect(rows({ messages }).filter((row) => row.type === "date").length).toBe(2);
  });

  it("put the line before the first new message of others, and tell since when", () => {
    const all = rows({ messages: history(message(1), message(2)), line: { after: 1, count: 1 } });
    expect(all.map((row) => row.type)).toEqual(["start", "date", "message", "new", "message"]);
    expect(all[3]).toMatchObject({ count: 1, since: noon + 1000 });
    expect(groups(all)).toEqual(["1<>", "2<>"]);
  });

  it("have the calls between what was said before and after them, and each in a group of its own", () => {
    const messages = history(message(2), message(3), message(4));
    const call = (at: number) => ({ by: "mia", at, video: false, how: "missed" as const, length_ms: 0 });
    const at = [...messages.values()].map((one) => one.at) as [number, number, number];
    const calls = [call(at[0] - 1), call(at[1] + 1), call(at[2] + 24 * 60 * minute)];
    const kinds = (given: Partial<RowsOf>): string =>
      rows(given)
        .map((row) => row.type)
        .join(" ");
    expect(kinds({ messages, calls })).toBe("start date called message message called message date called");
    expect(groups(rows({ messages, calls }))).toEqual(["2<", "3>", "4<>"]);
    // Those of pages that are not here are not here either.
    expect(kinds({ messages, calls, before: true, after: true })).toBe("more date message message called message");
    expect(kinds({ calls: calls.slice(0, 1) })).toBe("start date called");
  });

  it("are the same ones where a page before them changes nothing about them", () => {
    const messages = [message(3), message(4), message(5, "noor"), message(6)];
    const short = rows({ messages: history(...messages) });
    const long = rows({ messages: history(message(1), message(2), ...messages) });
    const byKey = new Map(short.map((row) => [row.key, row]));
    const same = long.filter((row) => byKey.get(row.key) === row).map((row) => row.key);
    expect(same).toEqual(["m4", "m5", "m6"]);
    expect(groups(long)).toEqual(["1<", "2", "3", "4>", "5<>", "6<>"]);
  });

  it("tell days apart also where times go back", () => {
    const day = 24 * 60 * minute;
    const messages = history(
      message(1, "mia", { at: noon }),
      message(2, "mia", { at: noon - day }),
      message(3, "mia", { at: noon }),
    );
    expect(rows({ messages }).filter((row) => row.type === "date").length).toBe(3);
  });

  it("begin with what is still to come, where there is more", () => {
    expect(rows({ before: true })[0]?.type).toBe("more");
    expect(rows({})[0]?.type).toBe("start");
  });

  it("end with what waits, but not where newer messages are missing", () => {
    const sends = [pending({ verb: "send", body: "a" })];
    expect(rows({ sends }).at(-1)?.type).toBe("pending");
    expect(rows({ sends, after: true }).at(-1)?.type).not.toBe("pending");
  });
});

describe("what waits", () => {
  it("is shown once, also when its event comes before its answer", () => {
    const one = pending({ verb: "send", body: "hello" });
    const arrived = history(message(2), message(3, "noor", { body: "hello" }));
    expect(withPending(arrived, [one], "noor").sends).toEqual([]);
    expect(withPending(history(message(2)), [one], "noor").sends).toEqual([one]);
  });

  it("is two where the same was said twice", () => {
    const two = [pending({ verb: "send", body: "ha" }), pending({ verb: "send", body: "ha" }, { id: "q" })];
    const arrived = history(message(3, "noor", { body: "ha" }));
    expect(withPending(arrived, two, "noor").sends.map((item) => item.id)).toEqual(["q"]);
  });

  it("is not taken for what was said before, nor for what another said", () => {
    const one = pending({ verb: "send", body: "ha" });
    const others = history(message(2, "noor", { body: "ha" }), message(3, "mia", { body: "ha" }));
    expect(withPending(others, [one], "noor").sends).toEqual([one]);
  });

  it("already changes the message that it is about", () => {
    const held = history(message(1, "noor"), message(2));
    const { messages, touched } = withPending(
      held,
      [
        pending({ verb: "edit", seq: 1, body: "better" }),
        pending({ verb: "react", seq: 2, emoji: "🎉" }),
        pending({ verb: "redact", seq: 1 }, { refusal: { code: "forbidden", because: [] } }),
      ],
      "noor",
    );
    expect(messages.get(1)?.body).toBe("better");
    expect(messages.get(2)?.reactions).toEqual([{ emoji: "🎉", people: ["noor"] }]);
    expect([...touched]).toEqual([1, 2]);
  });
});

describe("a party", () => {
  it("stands between what was said as a call does", () => {
    const messages = history(message(2), message(3));
    const at = ([...messages.values()][0]?.at ?? 0) + 1;
    const party = { name: "Porch", from: at - 5, until: at, people: [], games: [] };
    const seen = asKnown({ conversation: "c1", version: 9, type: "partied", by: "mia", at, party });
    const [, , one, two, three] = rows({ messages, calls: withLines([], [seen]) });
    expect([one?.type, two, three?.type]).toMatchObject(["message", { type: "called", called: { party } }, "message"]);
  });
});
