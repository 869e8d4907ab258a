import { signal } from "@preact/signals";

export type DialogName = "new" | "keys" | "goto";

/** The dialog that is open; its file comes with the first of them. */
export const dialog = signal<DialogName | null>(null);
