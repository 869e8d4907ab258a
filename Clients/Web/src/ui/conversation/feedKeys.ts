import { singleKeys } from "../../app/theme.js";
import type { Desk } from "./desk.js";
import { edit, reply } from "./Tools.js";

const isStop = (row: { type: string }): boolean => row.type === "message" || row.type === "pending";

/** The keys of a message that is focused. */
export function feedKeys(event: KeyboardEvent, desk: Desk, focus: (index: number) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  if (!event.target.matches("article")) return leave(event);
  const rows = desk.rows.value;
  const { id } = event.target;
  const index = rows.findIndex((row) => row.key === id);
  const to = target(event.key, rows, index);
  if (to !== null) {
    event.preventDefault();
    if (to >= 0) focus(to);
    return;
  }
  const row = rows[index];
  if (row?.type === "message" && act(event.key, desk, row.message)) event.preventDefault();
}

// From a button inside of a message back to the message.
function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  (event.target as HTMLElement).closest<HTMLElement>("article")?.focus();
}

function target(key: string, rows: readonly { type: string }[], index: number): number | null {
  switch (key) {
    case "ArrowUp":
      return rows.findLastIndex((row, at) => at < index && isStop(row));
    case "ArrowDown":
      return rows.findIndex((row, at) => at > index && isStop(row));
    case "Home":
      return rows.findIndex(isStop);
    case "End":
      return rows.findLastIndex(isStop);
    default:
      return null;
  }
}

function act(key: string, desk: Desk, message: Parameters<Desk["mayEdit"]>[0]): boolean {
  if (message.body === undefined) return false;
  if (key === "Delete" && desk.mayTakeBack(message)) return (desk.takeBack(message), true);
  if (key === "Enter") return ((desk.menu.value = message), true);
  if (!singleKeys.value) return false;
  switch (key.toLowerCase()) {
    case "r":
      return (reply(desk, message), true);
    case "e":
      return desk.mayEdit(message) && (edit(desk, message), true);
    case "+":
      return ((desk.menu.value = message), true);
    default:
      return false;
  }
}
