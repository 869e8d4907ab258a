import { signal } from "@preact/signals";
import type { House, RoomView } from "../../wire/house.js";
import type { Refusal } from "../../wire/types.js";

/** The house as one sees it; null until that is known. */
export const house = signal<House | null>(null);

/** The room one is in, as it is inside. */
export const room = signal<RoomView | null>(null);

/** What stands at a door: that one is on the way in, knocks there, or could not come in. */
export type AtDoor =
  | { readonly is: "going" }
  | { readonly is: "knocking"; readonly until: number }
  | { readonly is: "refused"; readonly refusal: Refusal };

export const doors = signal<ReadonlyMap<string, AtDoor>>(new Map());

export type Presence = "in" | "sneak" | "out";

/** Whether one is in the house with this device: so that friends are told, so that nobody is, or not at all. */
export const presence = signal<Presence>("in");

/** Under which key a device keeps it. */
export const presenceKey = "chat.presence";

/** A room to be lit, as the dialog for it begins. */
export interface Lighting {
  readonly name: string;
  readonly guests?: readonly string[];
}

export const lighting = signal<Lighting | null>(null);

/** A reaction on its way through the room. */
export interface Flight {
  readonly id: number;
  readonly by: string;
  readonly emoji: string;
}

export const flights = signal<readonly Flight[]>([]);

/** Those who were waved at a moment ago. */
export const waved = signal<ReadonlySet<string>>(new Set());
