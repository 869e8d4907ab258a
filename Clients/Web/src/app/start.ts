import { batch } from "@preact/signals";
import type { Account } from "../sync/account.js";
import { developmentToken } from "../sync/account.js";
import { Marker } from "../sync/marker.js";
import { Outbox } from "../sync/outbox.js";
import { browserShelf } from "../sync/shelf.js";
import type { Listener, Session } from "../sync/session.js";
import { isPassing, pauseAfter, sleep, unanswered } from "../sync/transport.js";
import type { Answer, Profile, Receipt, Seen } from "../wire/types.js";
import { startDrafts } from "./drafts.js";
import { forgetBonds, loadBonds, takeBond } from "./friends.js";
import { findFaces, findPeople, forgetPeople } from "./people.js";
import { hear, quiet, settledWords } from "./ephemerals.js";
import { account, isKeptOut, link, notice, parting, pending, views } from "./state.js";

type Changed = (conversation: string, by: readonly Seen[]) => void;

let session: Session | null = null;
let outbox: Outbox | null = null;
let marker: Marker | null = null;
let rooms: typeof import("./house/house.js") | null = null;
const followers = new Set<Changed>();

/** Calls with each change of a view, after it; gives what ends that. */
export function follow(changed: Changed): () => void {
  followers.add(changed);
  return () => followers.delete(changed);
}

const shelf = browserShelf();
const accountKey = "chat.account";

export const kept = {
  get: (key: string): string | null => shelf.get(key),
  set: (key: string, value: string): void => shelf.set(key, value),
};

export const theOutbox = (): Outbox | null => outbox;

/** Who was signed in here when the page was last open. */
export function remembered(): Account | null {
  try {
    return JSON.parse(shelf.get(accountKey) ?? "null") as Account | null;
  } catch {
    return null;
  }
}

export async function signIn(who: Account): Promise<void> {
  shelf.set(accountKey, JSON.stringify(who));
  startDrafts(who.person, shelf);
  outbox = new Outbox(`chat.outbox.${who.person}.`, shelf, deliver, (items) => {
    pending.value = items;
    queueMicrotask(settle);
  });
  marker = new Marker(async (conversation, verb, seq) => (await session?.mark(conversation, verb, seq)) ?? false);
  parting.value = "";
  account.value = who;
  if (who.development) void findFaces();
  await open(who);
}

export async function signOut(): Promise<void> {
  shelf.remove(accountKey);
  const closing = session;
  await rooms?.closeHouse();
  session = null;
  outbox = null;
  batch(() => {
    account.value = null;
    views.value = new Map();
    link.value = "starting";
  });
  forgetPeople();
  forgetBonds();
  await closing?.close();
}

async function open(who: Account): Promise<void> {
  // On their way at once, beside the token.
  const code = Promise.all([import("./engine.js"), import("./house/house.js")]);
  for (let attempt = 0; account.value?.person === who.person; attempt++) {
    try {
      // A token of before may have run out meanwhile.
      const token = who.development ? await developmentToken(who.person, who.device) : who.token;
      const [{ connect, Session }, house] = await code;
      rooms = house;
      const transport = await connect(who.websocket, { ...who, token });
      session = new Session(who.person, transport, listener);
      session.start();
      // Not after what was said, but beside it: both are looked at first.
      if (link.value === "starting") house.openHouse();
      return;
    } catch (fault) {
      link.value = "lost";
      const isRefused = fault instanceof Error && fault.name === "AuthorizationError";
      if (!isRefused) isKeptOut.value = false;
      else if (attempt >= 2) {
        isKeptOut.value = who.development;
        return turnedAway();
      }
      await sleep(pauseAfter(attempt, 300));
    }
  }
}

/** What there is of calls of two comes with the first. */
export const calls = () => import("./calls.js");

const joins = new Set(["created", "joined"]);

export const askPeople = (people: readonly string[]): Promise<Answer<{ people: readonly Profile[] }>> =>
  ask("person", "-", "get", { people });

const listener: Listener = {
  changed: (conversation, view, by) => {
    const next = new Map(views.value);
    if (view) next.set(conversation, view);
    else next.delete(conversation);
    batch(() => {
      views.value = next;
      if (view) outbox?.settle(conversation, view.state.version);
      for (const seen of by) if (seen.type === "message") quiet(seen.conversation, seen.by);
      if (view && by.some((seen) => joins.has(seen.type))) void findPeople(askPeople);
      for (const follower of followers) follower(conversation, by);
    });
    const last = by.findLast((seen) => seen.type === "message" && seen.by !== account.value?.person);
    if (last?.type === "message") marker?.want(conversation, "delivered", last.seq);
  },
  heard: (what) => {
    if (what.type === "call_signal") return void calls().then((one) => one.hearSignal(what));
    if (what.type === "reported" && what.outcome) say(settledWords[what.outcome]);
    hear(what);
  },
  bond: takeBond,
  house: (told) => rooms?.hearHouse(told),
  room: (told) => rooms?.hearRoom(told),
  call: (told) => void calls().then((one) => one.takeCall(told)),
  link: (now) => {
    if (now === "out") return void turnedAway();
    const isBack = now === "open" && link.value !== "open";
    const isFirst = link.value === "starting";
    link.value = now;
    if (!isBack) return;
    isKeptOut.value = false;
    if (!isFirst) rooms?.openHouse();
    outbox?.wake();
    void marker?.flush();
  },
  resumed: (messages, isFirst) => {
    void findPeople(askPeople);
    void loadBonds((after) => ask("friend", "-", "list", after));
    if (!isFirst && messages > 0 && link.value === "lost") say(`Caught up: ${messages} new`);
  },
};

// A token that ran out is renewed where that is possible; anything else is for whoever gives tokens.
async function turnedAway(): Promise<void> {
  const who = account.value;
  if (!who) return;
  if (!who.development) {
    await signOut();
    parting.value =
      "The house does not let this device in: it was signed out, or you are closed out for a time. " +
      "Ask whoever gave you the token.";
    return;
  }
  await session?.close();
  link.value = "lost";
  await open(who);
}

let silence: ReturnType<typeof setTimeout> | undefined;

/** Says something in one line, for a few seconds. */
export function say(text: string): void {
  notice.value = { text };
  clearTimeout(silence);
  silence = setTimeout(() => (notice.value = null), 6000);
}

// What was accepted may have been heard before its answer came.
function settle(): void {
  for (const item of pending.value) {
    const view = item.receipt && views.value.get(item.conversation);
    if (view) outbox?.settle(item.conversation, view.state.version);
  }
}

async function deliver(item: {
  conversation: string;
  id: string;
  command: { verb: string };
}): Promise<Answer<Receipt>> {
  if (!session) return unanswered;
  const { verb, ...body } = item.command;
  const answer = await session.ask<Receipt>(
    "conversation",
    item.conversation,
    verb,
    { ...body, client_id: item.id },
    0,
  );
  if ("ok" in answer) {
    if (session.held.isBehind(item.conversation, answer.ok.version)) setTimeout(() => repair(answer.ok), 2000);
  } else if (isPassing(answer.refused.code) && answer.refused.code === "no_answer") {
    link.value = "lost";
    session.wake();
  }
  return answer;
}

// What was accepted should have been heard by now; if not, it is asked for.
function repair(receipt: Receipt): void {
  if (session?.held.isBehind(receipt.conversation, receipt.version)) session.wake();
}

/** A request whose answer is waited for, as in a dialog. */
export async function ask<T>(area: string, id: string, verb: string, body: object): Promise<Answer<T>> {
  return session ? await session.ask<T>(area, id, verb, body, 10_000) : unanswered;
}

/** A request that is not tried again where it is refused for now: whoever asked is told at once. */
export async function askOnce<T>(area: string, id: string, verb: string, body: object): Promise<Answer<T>> {
  return session ? await session.ask<T>(area, id, verb, body, -1) : unanswered;
}

export const wantMark = (conversation: string, verb: "read" | "delivered", seq: number): void =>
  marker?.want(conversation, verb, seq);

/** The mark as it will be: the badge does not wait for the network. */
export function readHere(conversation: string, seq: number): void {
  const view = views.value.get(conversation);
  if (!view || view.unread.marks.read >= seq) return;
  session?.held.mark(conversation, { read: seq, delivered: seq });
  marker?.want(conversation, "read", seq);
}

addEventListener("online", () => session?.wake());
