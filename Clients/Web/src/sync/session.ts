import { readBond, readCall, readEphemeral, readEvent, readHouseEphemeral, readRoomEvent } from "../wire/codec.js";
import type { Call } from "../wire/calls.js";
import type { HouseTold, RoomTold } from "../wire/house.js";
import type {
  Answer,
  Begun,
  Bond,
  Certificate,
  Ephemeral,
  HistoryPage,
  Marks,
  ResumePage,
  Resumption,
  Seen,
} from "../wire/types.js";
import { driftOf } from "../views/certificate.js";
import { isExact } from "../views/unread.js";
import type { ConversationView } from "../views/entry.js";
import { Held } from "./held.js";
import { isPassing, pauseAfter, sleep, type Link, type Transport } from "./transport.js";

export interface Listener {
  /** A view changed by these events, or was fetched anew where there are none; null when it is held no more. */
  changed(conversation: string, view: ConversationView | null, by: readonly Seen[]): void;
  heard(what: Ephemeral): void;
  /** How one stands to somebody is otherwise now. */
  bond(bond: Bond): void;
  /** Something was told of the house, or of the room one is in. */
  house(told: HouseTold): void;
  room(told: RoomTold): void;
  /** A call with somebody is otherwise now. */
  call(call: Call): void;
  link(link: Link): void;
  /** All that was missed has come: how many messages of others that were, and whether it was the first time. */
  resumed(messages: number, isFirst: boolean): void;
}

const resumeEvery = 240_000;
const persistence = 60_000;

/** A device that follows its conversations: it finds every hole by the version, and fetches what is missing. */
export class Session {
  readonly held: Held;
  private cursor: string | undefined;
  private certified = "";
  private resuming: Promise<void> | null = null;
  private isWoken = false;
  private isClosed = false;
  private resumes = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    person: string,
    private readonly transport: Transport,
    private readonly listener: Listener,
  ) {
    this.held = new Held(person, (conversation, view, by) => listener.changed(conversation, view, by));
  }

  /** First listens, then fetches: what happens in between is heard twice rather than not at all. */
  start(): void {
    this.transport.onEvent((bytes) => this.event(bytes));
    this.transport.onEphemeral((bytes) => this.ephemeral(bytes));
    this.transport.onLink((link) => {
      if (link === "open") this.wake();
      else this.listener.link(link);
    });
  }

  /** Fetches all that was missed, once for however many reasons there are. */
  wake(): void {
    this.isWoken = true;
    this.resuming ??= this.keepResuming();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.transport.close();
  }

  /** One request, tried again as it is while nobody answers or the host says that it cannot just now. */
  async ask<T>(area: string, id: string, verb: string, body: object, patience = persistence): Promise<Answer<T>> {
    const until = Date.now() + patience;
    for (let attempt = 0; ; attempt++) {
      const answer = await this.transport.ask<T>(area, id, verb, body);
      if ("ok" in answer || !isPassing(answer.refused.code) || Date.now() > until || this.isClosed) return answer;
      await sleep(pauseAfter(attempt, answer.refused.retry_after_ms));
    }
  }

  history(conversation: string, anchor: object): Promise<Answer<HistoryPage>> {
    return this.ask("conversation", conversation, "history", anchor);
  }

  private event(bytes: Uint8Array): void {
    const seen = readEvent(bytes);
    const bond = seen ? null : readBond(bytes);
    if (seen && this.held.take(seen) === "behind") this.wake();
    if (seen) this.doubt(seen.conversation);
    if (bond) this.listener.bond(bond);
    const room = seen || bond ? null : readRoomEvent(bytes);
    if (room) this.listener.room(room);
    const call = seen || bond || room ? null : readCall(bytes);
    if (call) this.listener.call(call);
  }

  private ephemeral(bytes: Uint8Array): void {
    const heard = readEphemeral(bytes);
    if (!heard) {
      const told = readHouseEphemeral(bytes);
      if (told) this.listener.house(told);
      return;
    }
    if (heard.type === "heads")
      // Also where less is announced than is held: the host may have been put back to what was before.
      if (heard.reset || heard.heads.some(([id, version]) => this.held.isNews(id, version))) this.wake();
    if (heard.type === "receipt" && heard.by === this.held.viewer) {
      this.held.mark(heard.conversation, heard);
      this.doubt(heard.conversation);
    }
    this.listener.heard(heard);
  }

  // What is being fetched of what one does not hold (any more) may be of before that.
  private doubt(conversation: string): void {
    if (this.resuming && !this.held.versionOf(conversation)) this.isWoken = true;
  }

  private async keepResuming(): Promise<void> {
    clearTimeout(this.timer);
    let attempt = 0;
    while (this.isWoken && !this.isClosed) {
      this.isWoken = false;
      if (await this.resume()) {
        attempt = 0;
        this.listener.link("open");
      } else {
        this.listener.link("lost");
        this.isWoken = true;
        await sleep(pauseAfter(attempt++));
      }
    }
    this.resuming = null;
    this.timer = setTimeout(() => this.wake(), resumeEvery * (0.8 + 0.4 * Math.random()));
  }

  private async resume(): Promise<boolean> {
    let missed = 0;
    const certify = this.nextToCertify();
    for (let more = true; more;) {
      const body = {
        ...(this.cursor === undefined ? {} : { cursor: this.cursor }),
        ...(certify.length ? { certify } : {}),
      };
      const answer = await this.transport.ask<ResumePage>("sync", "-", "resume", body);
      if (!("ok" in answer)) {
        // A cursor that a host does not take is of no use any more: everything from the start.
        if (!isPassing(answer.refused.code)) this.cursor = undefined;
        return false;
      }
      const page = answer.ok;
      if (page.reset && this.cursor !== undefined) {
        this.held.clear();
        // What was heard meanwhile is gone with it.
        this.isWoken = true;
      }
      for (const one of page.conversations) {
        const taken = this.take(one);
        // Nothing is waited for that need not be: what a page brings is drawn once, and not once for each of them.
        const count = typeof taken === "number" ? taken : await taken;
        if (count === null) return false;
        missed += count;
      }
      if (page.certificates) await this.compare(certify, page.certificates);
      this.cursor = page.cursor;
      more = page.more;
    }
    this.listener.resumed(missed, this.resumes++ === 0);
    return true;
  }

  private take(one: Resumption): number | Promise<number | null> {
    const missed = this.held.fits(one) ? this.begin(one) : null;
    return missed !== null && this.isExact(one.conversation) ? missed : this.lacking(one.conversation, missed);
  }

  // Null where what is lacking could not be had: then all of it is asked for again.
  private async lacking(conversation: string, begun: number | null): Promise<number | null> {
    const missed = begun ?? (await this.refetch(conversation));
    if (missed === null || this.isExact(conversation)) return missed;
    const again = await this.refetch(conversation);
    return again === null ? null : missed + again;
  }

  private isExact(conversation: string): boolean {
    const view = this.held.views.get(conversation);
    return !view || isExact(view.unread);
  }

  /** Of all that is held some each time, in order of their ids and round again: a host reads much for each. */
  private nextToCertify(): string[] {
    const ids = [...this.held.views.keys()].sort();
    const after = ids.filter((id) => id > this.certified);
    const next = [...after, ...ids].slice(0, Math.min(3, ids.length));
    this.certified = next.at(-1) ?? "";
    return next;
  }

  // What is not what the host says it is begins anew; and what it does not speak of, for one is not in.
  private async compare(asked: readonly string[], certificates: readonly Certificate[]): Promise<void> {
    for (const id of asked) {
      const view = this.held.views.get(id);
      const certificate = certificates.find((one) => one.conversation === id);
      const drifted = view && certificate ? await driftOf(view, certificate) : [];
      if (drifted.length || (view?.state.version && !certificate)) await this.refetch(id, drifted);
    }
  }

  // What was missed does not join on to what is held, as for one that came back after long.
  private async refetch(conversation: string, drifted?: readonly string[]): Promise<number | null> {
    const begun = await this.ask<Begun>("conversation", conversation, "begin", { drifted });
    if ("ok" in begun) return this.begin(begun.ok);
    if (isPassing(begun.refused.code)) return null;
    this.held.drop(conversation);
    return 0;
  }

  // What was heard while it was fetched is fetched once more.
  private begin(one: Resumption): number {
    if (this.held.isBeyond(one)) this.wake();
    return this.held.resume(one);
  }

  /** Makes the counts right again where they are only known to be wrong, as after reading a part of what is unread. */
  async recount(conversation: string): Promise<void> {
    if (!this.isExact(conversation)) await this.refetch(conversation);
  }

  async mark(conversation: string, verb: "read" | "delivered", seq: number): Promise<boolean> {
    const answer = await this.transport.ask<Marks>("conversation", conversation, verb, { seq });
    if (!("ok" in answer)) return !isPassing(answer.refused.code);
    this.held.mark(conversation, answer.ok);
    if (verb === "read") await this.recount(conversation);
    return true;
  }
}
