import { encode } from "@msgpack/msgpack";
import { expect, it } from "vitest";
import { hear } from "../src/app/ephemerals.js";
import { aboutOf, requestOf, seers, type Subject } from "../src/app/reporting.js";
import { reported } from "../src/app/state.js";
import { evolve, viewOf } from "../src/views/conversation.js";
import { readEphemeral } from "../src/wire/codec.js";
import { created, message } from "./messages.js";

const told = { why: "spam", words: "again", isToStaff: false } as const;
const more = { why: "spam", reason: "again" };
const said: Subject = { of: "message", conversation: "c", message: message(3, "noor") };
const somebody: Subject = { of: "person", conversation: "c", person: "noor" };
const all: Subject = { of: "conversation", conversation: "c" };

it("counts each time that it is told of other reports, of each conversation for itself", () => {
  const heard = readEphemeral(encode({ conversation: "c", type: "reported" }));
  expect(heard).toEqual({ conversation: "c", type: "reported" });
  if (!heard) return;
  hear(heard);
  hear(heard);
  expect(reported.value.get("c")).toBe(2);
  expect(reported.value.has("d")).toBe(false);
});

it("tells who looks after a conversation of what is in it", () => {
  expect(requestOf(said, told)).toEqual(["c", { verb: "file", ...more, seq: 3 }]);
  expect(requestOf(somebody, told)).toEqual(["c", { verb: "file", ...more, person: "noor" }]);
  expect(requestOf(all, { ...told, words: "" })).toEqual(["c", { verb: "file", why: "spam" }]);
});

it("tells the staff of what is anywhere, and of somebody who was met outside", () => {
  const toStaff = { ...told, isToStaff: true };
  expect(requestOf(said, toStaff)).toEqual(["c", { verb: "file", ...more, seq: 3, staff: true }]);
  expect(requestOf(all, toStaff)).toEqual(["c", { verb: "file", ...more, staff: true }]);
  for (const subject of [somebody, { ...somebody, conversation: null }])
    expect(requestOf(subject, toStaff)).toEqual(["noor", { verb: "person", ...more }]);
  expect(requestOf({ ...somebody, conversation: null }, told)).toEqual(["noor", { verb: "person", ...more }]);
});

it("shows a report to who handles reports, and not to whom it is about", () => {
  const view = evolve(viewOf("c", "noor"), created("c", ["mia", "noor"]));
  expect(seers(view, aboutOf(said))).toEqual(["mia"]);
  expect(seers(view, "mia")).toEqual([]);
  expect(aboutOf(all)).toBeNull();
  const two = { ...view, state: { ...view.state, kind: "direct" } } as const;
  expect(seers(two, "noor")).toEqual([]);
  expect(seers({ ...view, viewer: "yuki" }, "noor")).toEqual([]);
});
