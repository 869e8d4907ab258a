import { batch, effect } from "@preact/signals";
import { newId } from "../sync/ids.js";
import type { Call, CallSignal } from "../wire/calls.js";
import type { Answer, Refusal } from "../wire/types.js";
import { inRoom } from "./house/actions.js";
import { plain } from "./house/refusals.js";
import { room } from "./house/state.js";
import { lastCalls, line, type Line } from "./line.js";
import { go, route } from "./route.js";
import { ask, askOnce, say } from "./start.js";
import { account, me, views } from "./state.js";
import { nameOf } from "./words.js";

/** For how long one sees how a call ended, in milliseconds. */
const shownFor = 5000;

/** Under which key the page keeps, also when it is loaded anew, which call is its own. */
const key = "chat.call";

let asked: Promise<unknown> = Promise.resolve();
/** Whom this page calls, or whose call it takes. */
let wanted = "";
let isRinging = false;
let fading: ReturnType<typeof setTimeout> | undefined;
let takeSignal: (signal: CallSignal) => void = () => undefined;
const given = new Set<string>();

const nameOfCall = (other: string, { number }: Call): string => `${other} ${number}`;

const otherOf = ({ caller, callee }: Call): string => (caller === me.value ? callee : caller);

const stage = ({ how, answered_at }: Call): number => (how ? 2 : answered_at === undefined ? 0 : 1);

const act = (other: string, verb: string, body: object = {}): Promise<Answer<unknown>> =>
  ask("call", other, verb, { ...body, client_id: newId() });

/** Gives what the other's device passes on to whoever holds the call. */
export function onCallSignal(take: typeof takeSignal): () => void {
  takeSignal = take;
  return () => void (takeSignal = () => undefined);
}

export const hearSignal = (signal: CallSignal): void => takeSignal(signal);

/** A call as it is told: of two about the same the later one is how it is. */
export function takeCall(call: Call): void {
  const other = otherOf(call);
  const before = lastCalls.value.get(other);
  const isLater =
    !before || call.number > before.number || (call.number === before.number && stage(call) >= stage(before));
  if (!isLater) return;
  lastCalls.value = new Map(lastCalls.value).set(other, call);
  // How an earlier one ended is not how the one ends that is being asked for.
  if (!(isRinging && call.how)) show(other, call);
}

/** Asks for the last call with somebody. */
export async function findCall(other: string): Promise<void> {
  const answer = await askOnce<{ call?: Call }>("call", other, "get", {});
  if ("ok" in answer && answer.ok.call) takeCall(answer.ok.call);
}

/** With whom one is on a call, as the house says: what was told meanwhile may be lost. */
export async function found(other: string | undefined): Promise<void> {
  const held = line.value;
  if (other) await findCall(other);
  if (held?.call && held.other !== other && held.is !== "over") await findCall(held.other);
}

function show(other: string, call: Call): void {
  if (call.how) return ended(other, call);
  const isMine = call.caller === me.value;
  const name = nameOfCall(other, call);
  // Hanging up did not get through.
  if (given.has(name)) return void act(other, "hang_up", { number: call.number });
  const isTaken = call.answered_at !== undefined;
  if (!isMine && !isTaken) return put({ other, is: line.value?.is === "takes" ? "takes" : "rings", call });
  const device = isMine ? call.from : call.on;
  const isHere = device === account.value?.device && (wanted === other || sessionStorage.getItem(key) === name);
  if (isHere) sessionStorage.setItem(key, name);
  if (isHere) put({ other, is: isTaken ? "talks" : "calls", call });
  else if (isTaken) put({ other, is: "elsewhere", call });
}

function put(next: Omit<Line, "video"> & { readonly call: Call }): void {
  clearTimeout(fading);
  line.value = { ...next, video: next.call.video };
}

function ended(other: string, call: Call): void {
  const held = line.value;
  const isMine = call.caller === me.value;
  given.delete(nameOfCall(other, call));
  if (held?.other !== other || held.is === "over") {
    if (call.how === "busy" && !isMine) say(`${nameOf(other)} called while you were on a call.`);
    return;
  }
  drop();
  if (held.is === "rings") {
    if (call.how !== "declined") say(`You missed a call from ${nameOf(other)}.`);
  } else if (held.is !== "elsewhere" && held.is !== "takes") {
    put({ other, is: "over", call });
    fading = setTimeout(drop, shownFor);
  }
}

/** There is nothing to be seen of a call any more. */
export function drop(): void {
  clearTimeout(fading);
  wanted = "";
  isRinging = false;
  sessionStorage.removeItem(key);
  line.value = null;
}

/** Calls a friend; where they are calling, takes it. */
export async function ring(other: string, video: boolean): Promise<void> {
  const held = line.value;
  if (held?.is === "rings" && held.other === other) return accept();
  if (held && held.is !== "over") return;
  drop();
  wanted = other;
  isRinging = true;
  line.value = { other, is: "calls", video, call: null };
  const asking = act(other, "ring", video ? { video } : {});
  asked = asking;
  const answer = await asking;
  isRinging = false;
  // Given up meanwhile.
  if (wanted !== other) return;
  if ("refused" in answer) return refused(other, answer.refused);
  await findCall(other);
  const call = lastCalls.value.get(other);
  if (call && wanted === other && line.value?.call?.number !== call.number) show(other, call);
}

/** Takes the call that rings, on this device; out of the room that one is in. */
export async function accept(): Promise<void> {
  const held = line.value;
  if (held?.is !== "rings" || !held.call) return;
  const { other, call } = held;
  wanted = other;
  line.value = { ...held, is: "takes" };
  await outOfRoom();
  const answer = await act(other, "accept", { number: call.number });
  if ("refused" in answer && wanted === other) refused(other, answer.refused);
  await findCall(other);
}

export async function decline(): Promise<void> {
  const held = line.value;
  if (held?.is !== "rings" || !held.call) return;
  drop();
  await act(held.other, "decline", { number: held.call.number });
}

/** Ends it, whatever it is at. */
export async function hangUp(): Promise<void> {
  const held = line.value;
  if (!held) return;
  if (held.call && held.is !== "over") given.add(nameOfCall(held.other, held.call));
  drop();
  if (held.is === "over") return;
  await asked;
  await act(held.other, "hang_up", held.call ? { number: held.call.number } : {});
}

function refused(other: string, refusal: Refusal): void {
  drop();
  const rule = refusal.because.at(-1) ?? "";
  if (rule === "call.on_another") say("You are on another call.");
  else if (rule === "friend.unknown") say(`Only friends can call each other: ${nameOf(other)} is none.`);
  else if (rule === "call.taken") say("It was taken on another device.");
  else if (rule !== "call.over") say(plain(refusal));
}

// A call wants nothing of the room that one is in.
async function outOfRoom(): Promise<void> {
  if (!room.value) return;
  await inRoom("leave");
  if (route.value.room) go({ place: "house" });
  room.value = null;
}

/** The conversation of the two; none where they never wrote. */
export const talkWith = (other: string): string | undefined =>
  [...views.value.values()].find(({ state }) => state.kind === "direct" && state.members.has(other))?.conversation;

let end: (() => void) | null = null;

// What is heard and seen begins when it is taken, and ends with it.
effect(() => {
  const { value } = line;
  const isTalking = value?.is === "talks";
  if (isTalking && !end) {
    let isOver = false;
    end = () => (isOver = true);
    void begin(value).then((close) => (isOver ? close() : (end = close)));
  } else if (!isTalking && end) {
    const close = end;
    end = null;
    close();
  }
});

async function begin({ other, call, video }: Line): Promise<() => void> {
  await outOfRoom();
  const talk = talkWith(other);
  if (talk && route.value.conversation !== talk) go({ conversation: talk });
  const { callWith } = await import("../call/call.js");
  const close = callWith(other, call?.number ?? 0, video, { hear: onCallSignal, gone: () => void hangUp() });
  // Whoever walks into a room is with those who are there.
  const end = effect(() => {
    if (room.value) void hangUp();
  });
  return () => {
    end();
    close();
  };
}

effect(() => {
  if (account.value) return;
  batch(() => {
    drop();
    lastCalls.value = new Map();
  });
});
