import { signal } from "@preact/signals";

/** To whom the next thing said is a note. */
export const noteTo = signal<string | null>(null);

/** On a telephone the talk lies over the table, for the asking. */
export const isTalkOpen = signal(false);

/** Whether one is choosing whom to wave over. */
export const isWavingOver = signal(false);
