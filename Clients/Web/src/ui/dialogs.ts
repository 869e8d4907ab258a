import { signal } from "@preact/signals";
import type { Subject } from "../app/reporting.js";

/** From "invite" on they are about the conversation that is open. */
export type DialogName =
  "new" | "keys" | "goto" | "report" | "told" | "invite" | "settings" | "roles" | "done" | "reports";

/** The dialog that is open; its file comes with the first of them. */
export const dialog = signal<DialogName | null>(null);

/** What is to be reported. */
export const reporting = signal<Subject | null>(null);

export function report(subject: Subject): void {
  reporting.value = subject;
  dialog.value = "report";
}
