import { computed, effect, signal } from "@preact/signals";
import { checksOf, sealOf, toHex, type Check, type Kept } from "../views/sealing.js";
import type { GameLog, Move, TableCommand, TableView } from "../wire/games.js";
import type { Refusal } from "../wire/types.js";
import { inRoom } from "./house/actions.js";
import { room } from "./house/state.js";
import { askOnce } from "./start.js";
import { me } from "./state.js";

/** The table of the room one is in; null before the first game. */
export const table = computed<TableView | null>(() => room.value?.table ?? null);

/** Why the last thing was not done; shown where it was wanted. */
export const trouble = signal<Refusal | null>(null);

/** Whether one has a seat. */
export const isSeated = computed(() => table.value?.seats.includes(me.value) ?? false);

export const isBusy = (view: TableView | null): boolean =>
  view !== null && ["gathering", "unsealing", "playing"].includes(view.phase);

// Somebody else was a moment quicker, or time was: the view that comes says so better.
const late = new Set(["heads_up.card", "heads_up.running", "quick_draw.chosen", "game.not_unsealing"]);

/** Does something at the table; whether it was accepted. */
export async function play(command: TableCommand): Promise<boolean> {
  const answer = await inRoom("play", { do: command });
  const refusal = "refused" in answer && !late.has(answer.refused.because.at(-1) ?? "") ? answer.refused : null;
  trouble.value = refusal;
  return "ok" in answer;
}

export const make = (move: Move): Promise<boolean> => play({ is: "make", move });

const prefix = "chat.table.";
const keyOf = (id: string, number: number): string => `${prefix}${id}.${number}`;
const mostLinks = 64;

function keptOf(key: string): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Kept | null;
    return kept ?? { links: [] };
  } catch {
    return { links: [] };
  }
}

// Of a table only the last game is kept.
function keep(id: string, number: number, change: Partial<Kept>): void {
  const key = keyOf(id, number);
  for (const other of Object.keys(sessionStorage))
    if (other.startsWith(`${prefix}${id}.`) && other !== key) sessionStorage.removeItem(other);
  sessionStorage.setItem(key, JSON.stringify({ ...keptOf(key), ...change }));
}

/** What was promised, and how far the chain was then; of many links every other, so that they reach over all of it. */
function remember(id: string, { number, commitment, index, link }: TableView): void {
  const kept = keptOf(keyOf(id, number));
  if ((kept.links.at(-1)?.[0] ?? 0) >= index) return;
  const links = [...kept.links, [index, link] as const];
  keep(id, number, {
    commitment: kept.commitment ?? commitment,
    links: links.length > mostLinks ? links.filter((_, at) => at % 2 === 0 || at === links.length - 1) : links,
  });
}

/** Takes a seat: before the game with a seal of what this device draws, in the middle without. */
export async function sit(): Promise<boolean> {
  const [id, view] = [room.value?.room, table.value];
  if (!id || !view) return false;
  if (view.phase !== "gathering") return play({ is: "sit", seal: null });
  // A page that came over plain HTTP from another machine has nothing to seal with.
  if (!globalThis.crypto?.subtle) {
    trouble.value = { code: "unsupported", because: ["seal.not_secure"] };
    return false;
  }
  const known = keptOf(keyOf(id, view.number)).contribution;
  const contribution = known ?? toHex(crypto.getRandomValues(new Uint8Array(32)));
  keep(id, view.number, { contribution });
  return play({ is: "sit", seal: await sealOf(`main.r.${id}`, view.number, me.value, contribution) });
}

// After which game one wants to sit down by oneself, for one offers the next.
let sitsAfter = -1;

/** Offers a game, and sits down to it. */
export async function offer(command: TableCommand & { is: "offer" | "again" }): Promise<boolean> {
  sitsAfter = table.value?.number ?? 0;
  const isOffered = await play(command);
  if (!isOffered) sitsAfter = -1;
  return isOffered;
}

let unsealing = "";

async function unseal(id: string, number: number): Promise<void> {
  const key = keyOf(id, number);
  const { contribution } = keptOf(key);
  if (!contribution || unsealing === key) return;
  unsealing = key;
  await play({ is: "unseal", contribution });
  unsealing = "";
}

// What a device does by itself.
effect(() => {
  const [id, view] = [room.value?.room, table.value];
  if (!id || !view || view.number === 0) return;
  remember(id, view);
  const isIn = view.seats.includes(me.value);
  if (view.phase === "unsealing" && isIn && !view.shown.includes(me.value)) void unseal(id, view.number);
  if (view.phase !== "gathering" || sitsAfter < 0 || view.number <= sitsAfter || isIn) return;
  sitsAfter = -1;
  void sit();
});

/** The checks of the last game, made here; null where its log could not be had. */
export async function verify(): Promise<readonly Check[] | null> {
  const [id, view] = [room.value?.room, table.value];
  if (!id || !view) return null;
  const answer = await askOnce<GameLog>("room", id, "log", {});
  trouble.value = "refused" in answer ? answer.refused : null;
  return "ok" in answer ? await checksOf(answer.ok, me.value, keptOf(keyOf(id, view.number))) : null;
}
