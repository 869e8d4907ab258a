import { batch } from "@preact/signals";
import { newId } from "../../sync/ids.js";
import { isPassing } from "../../sync/transport.js";
import { emptyHouse, knockLasts, tell, tellRoom } from "../../views/house.js";
import type { HouseTold, RoomTold } from "../../wire/house.js";
import { readHouse, readRoom } from "../../wire/readHouse.js";
import type { Answer } from "../../wire/types.js";
import { doors, flights, house, presence, room, type AtDoor, type Presence } from "./state.js";

/** What keeping the house needs of everything else. */
export interface Outside {
  /** A request that changes nothing that is kept. */
  ask(area: string, id: string, verb: string, body: object): Promise<Answer<unknown>>;
  /** Friends came in. */
  came(people: readonly string[]): void;
  /** Somebody waved. */
  waved(by: string, room: string | undefined, buzz: boolean): void;
  /** One was let in where one knocked. */
  admitted(room: string): void;
  /** One is in a room no more, and why. */
  gone(room: string, name: string, why: string): void;
  /** Something for the call in one's room. */
  signal(by: string, device: string, data: string): void;
  /** With whom one is on a call, if with anybody. */
  onCall(other: string | undefined): void;
  /** People are met whose names may not be known. */
  met(people: readonly string[]): void;
}

const refetchEvery = 60_000;
const retryAfter = 3000;
const flightLasts = 1300;

/** Holds one's place in the house, and what one sees of it: what was lost on the way is asked for again. */
export class Keeping {
  private lease: ReturnType<typeof setTimeout> | undefined;
  private next: ReturnType<typeof setTimeout> | undefined;
  private isOver = false;
  private flown = 0;
  private turn = 0;

  constructor(private readonly outside: Outside) {}

  /** Once there is a connection, and each time that there is one again. */
  open(): void {
    void this.here();
    void this.fetch();
  }

  /** Says that one is here, and goes on saying it. */
  async here(): Promise<void> {
    clearTimeout(this.lease);
    if (this.isOver || presence.value === "out") return;
    const answer = await this.outside.ask("house", "-", "here", { sneak: presence.value === "sneak" });
    const lasts = "ok" in answer ? (answer.ok as { lease_ms?: unknown }).lease_ms : undefined;
    clearTimeout(this.lease);
    if (this.isOver) return;
    const isLost = "refused" in answer && isPassing(answer.refused.code);
    const renewEvery = typeof lasts === "number" && lasts > 0 ? lasts / 3 : retryAfter * 5;
    // Whoever was away is waited for no longer than ten seconds: what was not heard is said again before that.
    this.lease = setTimeout(() => void this.here(), isLost ? retryAfter : renewEvery);
  }

  /** Gives up one's place, as far as this device holds it. */
  async away(): Promise<void> {
    clearTimeout(this.lease);
    await this.outside.ask("house", "-", "here", { away: true });
  }

  async be(how: Presence): Promise<void> {
    presence.value = how;
    // Whoever goes on purpose is not waited for.
    if (how === "out" && room.value) await this.outside.ask("room", room.value.room, "leave", { client_id: newId() });
    await (how === "out" ? this.away() : this.here());
  }

  /** The house as it is now, and the room one is in. */
  async fetch(): Promise<void> {
    const turn = ++this.turn;
    this.again(refetchEvery * (0.8 + 0.4 * Math.random()));
    const answer = await this.outside.ask("house", "-", "get", {});
    if (this.isOver || turn !== this.turn) return;
    const found = "ok" in answer ? readHouse(answer.ok) : null;
    if (found) {
      house.value = found;
      if (found.me.room) await this.look(found.me.room);
      else room.value = null;
      this.outside.onCall(found.me.call);
      this.meet();
    } else if ("refused" in answer) {
      if (answer.refused.code === "unsupported") house.value = emptyHouse;
      if (isPassing(answer.refused.code)) this.again(retryAfter);
    }
  }

  private again(after: number): void {
    clearTimeout(this.next);
    if (!this.isOver) this.next = setTimeout(() => void this.fetch(), after);
  }

  /** The room as it is inside; none where one is not. */
  async look(id: string): Promise<void> {
    const answer = await this.outside.ask("room", id, "get", {});
    if ("refused" in answer && isPassing(answer.refused.code)) this.again(retryAfter);
    if (this.isOver || !("ok" in answer)) return;
    const { view, card } = readRoom(answer.ok);
    if (view) room.value = tellRoom(room.value, { room: id, version: view.version, since: 0, view }) ?? view;
    else if (room.value?.room === id) room.value = null;
    if (card) this.hear({ type: "card", card });
    this.meet();
  }

  hear(told: HouseTold): void {
    switch (told.type) {
      case "notice":
        return this.outside.came(told.people);
      case "reaction":
        if (told.room === room.value?.room) this.fly(told.by, told.emoji);
        return;
      case "signal":
        if (told.room === room.value?.room) this.outside.signal(told.by, told.device, told.data);
        return;
      case "anew":
        return void this.fetch();
      case "answered":
        return this.answered(told.room, told.admitted);
      default:
        // Before anything is known, all of it is on its way.
        if (!house.value) return;
        house.value = tell(house.value, told);
        if (told.type === "wave") this.outside.waved(told.by, told.room, told.buzz);
        this.meet();
    }
  }

  inRoom(told: RoomTold): void {
    const held = room.value;
    const next = tellRoom(held, told);
    // Something in between was lost.
    if (next === undefined) return void this.look(told.room);
    room.value = next;
    if ("gone" in told && held?.room === told.room && !room.value) {
      this.outside.gone(held.room, held.name, told.gone);
      if (house.value?.me.room === held.room) {
        const { room: _, ...me } = house.value.me;
        house.value = { ...house.value, me };
      }
    }
    this.meet();
  }

  /** A reaction, for as long as it flies. */
  fly(by: string, emoji: string): void {
    const flight = { id: ++this.flown, by, emoji };
    flights.value = [...flights.value, flight];
    setTimeout(() => (flights.value = flights.value.filter((one) => one !== flight)), flightLasts);
  }

  /** Waits at a door until somebody answers, or the knock counts no more. */
  knocked(id: string): void {
    const until = Date.now() + knockLasts;
    atDoor(id, { is: "knocking", until });
    setTimeout(() => {
      const door = doors.value.get(id);
      if (door?.is === "knocking" && door.until === until)
        atDoor(id, { is: "refused", refusal: { code: "too_late", because: ["knock.unanswered"] } });
    }, knockLasts);
  }

  private answered(id: string, isAdmitted: boolean): void {
    if (doors.value.get(id)?.is !== "knocking") return;
    if (isAdmitted) return this.outside.admitted(id);
    atDoor(id, { is: "refused", refusal: { code: "forbidden", because: ["knock.declined"] } });
  }

  private meet(): void {
    const { value } = house;
    this.outside.met([
      ...(value?.friends.map(({ person }) => person) ?? []),
      ...(value?.rooms.flatMap(({ occupants = [] }) => occupants.map(({ person }) => person)) ?? []),
      ...(room.value?.occupants.map(({ person }) => person) ?? []),
      ...(room.value?.knocks.map(({ person }) => person) ?? []),
    ]);
  }

  /** Signed out: nothing of it holds any more. */
  close(): void {
    this.isOver = true;
    clearTimeout(this.lease);
    clearTimeout(this.next);
    batch(() => {
      house.value = null;
      room.value = null;
      doors.value = new Map();
      flights.value = [];
    });
  }
}

/** What stands at a door from now on; nothing, where it is null. */
export function atDoor(id: string, door: AtDoor | null): void {
  const next = new Map(doors.value);
  if (door) next.set(id, door);
  else next.delete(id);
  doors.value = next;
}
