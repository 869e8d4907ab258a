import { computed, signal } from "@preact/signals";
import type { Carried, Found, SearchBody, SearchPage } from "../wire/governing.js";
import type { Refusal } from "../wire/types.js";
import { ask } from "./start.js";

/** What is asked for beside words. Days are as a field for dates has them. */
export interface Filters {
  readonly author: string | null;
  readonly mention: string | null;
  readonly after: string;
  readonly before: string;
  readonly has: Carried | null;
  /** In the conversation that is open, rather than in all. */
  readonly isHere: boolean;
}

const noFilters: Filters = { author: null, mention: null, after: "", before: "", has: null, isHere: false };

export const filters = signal<Filters>(noFilters);

export interface Results {
  readonly found: readonly Found[];
  readonly cursor: string | undefined;
  readonly refusal: Refusal | null;
  /** What was looked for, to mark it. */
  readonly words: string;
}

/** What was found; null before anything was looked for. */
export const results = signal<Results | null>(null);
export const isSearching = signal(false);

export const setFilter = (change: Partial<Filters>): void => {
  filters.value = { ...filters.value, ...change };
};

const limit = 30;
const day = 86_400_000;

const midnight = (date: string): number => new Date(`${date}T00:00`).getTime();

/** The request; null where nothing would be found: without a word, an author, a mention and something carried. */
export function bodyOf(words: string, { author, mention, after, before, has }: Filters): SearchBody | null {
  const text = words.trim();
  if (!text && !author && !mention && !has) return null;
  return {
    limit,
    ...(text ? { words: text } : {}),
    ...(author ? { author } : {}),
    ...(mention ? { mention } : {}),
    ...(has ? { has } : {}),
    // Neither bound is included, and a day is meant whole.
    ...(after ? { after: new Date(midnight(after) - 1) } : {}),
    ...(before ? { before: new Date(midnight(before) + day) } : {}),
  };
}

let last = 0;

/** Looks anew; what an earlier one finds later is passed over. */
export async function search(words: string, where: string | null): Promise<void> {
  const body = bodyOf(words, filters.value);
  const turn = ++last;
  if (!body) {
    results.value = null;
    isSearching.value = false;
    return;
  }
  isSearching.value = true;
  const answer = await ask<SearchPage>("conversation", where ?? "-", "search", body);
  if (turn !== last) return;
  isSearching.value = false;
  results.value =
    "ok" in answer
      ? { found: answer.ok.found, cursor: answer.ok.cursor, refusal: null, words }
      : { found: [], cursor: undefined, refusal: answer.refused, words };
}

/** The next page of the same. */
export async function searchOn(where: string | null): Promise<void> {
  const before = results.value;
  const body = before && bodyOf(before.words, filters.value);
  if (!before?.cursor || !body || isSearching.value) return;
  const turn = last;
  isSearching.value = true;
  const answer = await ask<SearchPage>("conversation", where ?? "-", "search", { ...body, cursor: before.cursor });
  if (turn !== last) return;
  isSearching.value = false;
  results.value =
    "ok" in answer
      ? { ...before, found: [...before.found, ...answer.ok.found], cursor: answer.ok.cursor }
      : { ...before, refusal: answer.refused };
}

/** How many of the filters are set. */
export const filterCount = computed(() => {
  const { author, mention, after, before, has } = filters.value;
  return [author, mention, after, before, has].filter(Boolean).length;
});

export const clearFilters = (): void => {
  filters.value = { ...noFilters, isHere: filters.value.isHere };
};
