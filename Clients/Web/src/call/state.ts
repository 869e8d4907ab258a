import { signal } from "@preact/signals";
import { me } from "../app/state.js";

/** What somebody tells of themselves in the call. */
export interface Told {
  readonly mic: boolean;
  readonly cam: boolean;
  readonly speaking: boolean;
}

/** A device of somebody else in the call. */
export interface Peered extends Told {
  readonly person: string;
  readonly device: string;
  readonly stream: MediaStream | null;
  readonly isConnected: boolean;
}

export interface Mine extends Told {
  readonly stream: MediaStream | null;
  /** Why there is no microphone or camera, where one was asked for. */
  readonly trouble: string;
}

export const silent: Mine = { mic: false, cam: false, speaking: false, stream: null, trouble: "" };

/** One's own part of the call: nothing is on until one asks for it. */
export const myMedia = signal<Mine>(silent);

export const peered = signal<readonly Peered[]>([]);

/** What is seen and heard of somebody; of several devices, the one that shows most. */
export function seenOf(person: string): Told & { readonly stream: MediaStream | null } {
  if (person === me.value) return myMedia.value;
  const theirs = peered.value.filter((peer) => peer.person === person);
  return theirs.find(({ cam }) => cam) ?? theirs.find(({ mic }) => mic) ?? theirs[0] ?? silent;
}
