import { signal } from "@preact/signals";

/** The last four are about the conversation that is open. */
export type DialogName = "new" | "keys" | "goto" | "invite" | "settings" | "roles" | "done";

/** The dialog that is open; its file comes with the first of them. */
export const dialog = signal<DialogName | null>(null);
