import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asKnown, readAnswer, readEphemeral, readEvent } from "../src/wire/codec.js";
import type { Certificate, ResumePage, Resumption } from "../src/wire/types.js";
import { driftOf } from "../src/views/certificate.js";
import { evolve, isNext, mark, viewFrom, viewOf } from "../src/views/conversation.js";
import { entryOf, type ConversationView } from "../src/views/entry.js";
import { isExact } from "../src/views/unread.js";
import { mentionCount, unreadCount } from "../src/views/entry.js";

interface Step {
  event?: string;
  resume?: string;
  receipt?: string;
  next?: boolean;
  then: [number, number, number, number, boolean];
}

interface Vector {
  viewer: string;
  conversation: string;
  steps: Step[];
  entry: object;
  messages: object[];
  lines: object[];
  markers: [number, number, number, boolean][];
  certificate: Certificate;
}

const folder = new URL("./golden/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "base64"));

/** What the fold keeps as milliseconds, as the files have it. */
const times = new Set(["at", "from", "until", "occurred_at", "edited_at"]);
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, one: unknown) =>
      times.has(key) && typeof one === "number" ? new Date(one).toISOString() : one,
    ),
  );

function take(view: ConversationView, step: Step): ConversationView {
  if (step.event) {
    const seen = readEvent(bytesOf(step.event));
    if (!seen) throw new Error("no event");
    expect(isNext(view, seen)).toBe(step.next !== false);
    return isNext(view, seen) ? evolve(view, seen) : view;
  }
  if (step.receipt) {
    const heard = readEphemeral(bytesOf(step.receipt));
    if (heard?.type !== "receipt") throw new Error("no receipt");
    return mark(view, heard);
  }
  const answer = readAnswer<ResumePage>(bytesOf(step.resume ?? ""));
  if (!("ok" in answer)) throw new Error("no page");
  return resume(view, answer.ok.conversations[0] as Resumption);
}

function resume(view: ConversationView, one: Resumption): ConversationView {
  if ("reset" in one) return viewFrom(view.viewer, one.reset, one.messages);
  if ("left" in one) throw new Error("left");
  const events = one.events.map(asKnown);
  return mark(
    events.reduce((held, seen) => (isNext(held, seen) ? evolve(held, seen) : held), view),
    one,
  );
}

const countsOf = ({ unread }: ConversationView) => [unreadCount(unread), mentionCount(unread), isExact(unread)];

describe.each(files)("%s", (file) => {
  const vector = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Vector;

  it("folds to what the views in C# answer", async () => {
    let view = viewOf(vector.conversation, vector.viewer);
    for (const [index, step] of vector.steps.entries()) {
      view = take(view, step);
      expect([view.state.version, view.state.lastSeq, ...countsOf(view)], `step ${index}`).toEqual(step.then);
    }
    expect(plain(entryOf(view))).toEqual(vector.entry);
    expect(plain([...view.history.values()])).toEqual(vector.messages);
    expect(plain(view.calls)).toEqual(vector.lines.map((line) => expect.objectContaining(line)));
    for (const [seq, ...counts] of vector.markers)
      expect(countsOf(mark(view, { read: seq, delivered: seq })), `read ${seq}`).toEqual(counts);
    const { certificate } = vector;
    expect(await driftOf(view, certificate)).toEqual([]);
    const { details, members = 0, messages, unread } = certificate;
    const others = { details: details + 1, members: members + 1, messages: messages + 1, unread: unread + 1 };
    expect(await driftOf(view, { ...certificate, ...others })).toEqual(["details", "members", "messages", "counts"]);
    expect(await driftOf(view, { ...certificate, ...others, version: certificate.version + 1 })).toEqual([]);
  });
});
