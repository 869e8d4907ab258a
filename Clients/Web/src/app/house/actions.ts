import { newId } from "../../sync/ids.js";
import type { RoomReceipt } from "../../wire/house.js";
import type { Answer } from "../../wire/types.js";
import { go } from "../route.js";
import { ask, askOnce } from "../start.js";
import { me } from "../state.js";
import { keeper } from "./house.js";
import { atDoor } from "./keeping.js";
import { doors, house, lighting, presence, room, waved } from "./state.js";

const act = (area: string, id: string, verb: string, body: object = {}): Promise<Answer<RoomReceipt>> =>
  ask(area, id, verb, { ...body, client_id: newId() });

/** Something that is done in the room one is in. */
export const inRoom = (verb: string, body: object = {}): Promise<Answer<RoomReceipt>> =>
  room.value
    ? act("room", room.value.room, verb, body)
    : Promise.resolve({ refused: { code: "forbidden", because: ["room.not_inside"] } });

// Whoever sneaked out and walks in somewhere is in again.
async function beIn(): Promise<void> {
  if (presence.value === "out") await keeper()?.be("in");
}

/** Into a room, by one tap: no call, and no answer. */
export async function walkIn(id: string): Promise<void> {
  if (room.value?.room === id) return go({ room: id });
  if (doors.value.get(id)?.is === "going") return;
  atDoor(id, { is: "going" });
  await beIn();
  const answer = await act("room", id, "enter");
  if ("refused" in answer) return atDoor(id, { is: "refused", refusal: answer.refused });
  await inside(id);
  atDoor(id, null);
}

async function inside(id: string): Promise<void> {
  await keeper()?.look(id);
  go({ room: id });
}

export async function knock(id: string): Promise<void> {
  await beIn();
  const answer = await act("room", id, "knock");
  if ("refused" in answer) atDoor(id, { is: "refused", refusal: answer.refused });
  else keeper()?.knocked(id);
}

/** Takes one's knock back, or what is said at a door. */
export async function stepBack(id: string): Promise<void> {
  const isKnocking = doors.value.get(id)?.is === "knocking";
  atDoor(id, null);
  if (isKnocking) await act("room", id, "withdraw");
}

export async function light(body: {
  name: string;
  locked?: boolean;
  guests?: readonly string[];
}): Promise<Answer<RoomReceipt>> {
  await beIn();
  const answer = await act("room", "-", "light", body);
  if ("ok" in answer && answer.ok.room) {
    lighting.value = null;
    await inside(answer.ok.room);
  }
  return answer;
}

export async function leave(): Promise<Answer<RoomReceipt>> {
  const answer = await inRoom("leave");
  if ("ok" in answer) {
    room.value = null;
    go({ place: "house" });
  }
  return answer;
}

const wavedFor = 20_000;

/** A wave, or a buzz; with a room it is "come to me, in there". */
export async function wave(person: string, how: { room?: string; buzz?: boolean } = {}): Promise<Answer<RoomReceipt>> {
  const answer = await askOnce<RoomReceipt>("house", person, "wave", { ...how, client_id: newId() });
  if ("ok" in answer) {
    waved.value = new Set([...waved.value, person]);
    setTimeout(() => (waved.value = new Set([...waved.value].filter((one) => one !== person))), wavedFor);
  }
  return answer;
}

/** The waves were seen: they are shown no more. */
export async function seen(): Promise<void> {
  if (house.value) house.value = { ...house.value, waves: [] };
  await act("house", "-", "seen");
}

export const react = (emoji: string): void => {
  if (!room.value) return;
  keeper()?.fly(me.value, emoji);
  void askOnce("room", room.value.room, "react", { emoji });
};

/** What is changed about oneself in the house; shown at once, and as it was where it is refused. */
export async function setSelf(
  area: { id: string; verb: string; body?: object },
  change: Partial<NonNullable<typeof house.value>["me"]>,
): Promise<Answer<RoomReceipt>> {
  const before = house.value;
  if (before) house.value = { ...before, me: { ...before.me, ...change } };
  const answer = await act("house", area.id, area.verb, area.body);
  if ("refused" in answer) await keeper()?.fetch();
  return answer;
}
