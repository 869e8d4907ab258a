import { highOf } from "../../app/files.js";
import type { Row } from "../../views/rows.js";

// As the sheets have it: what a bubble has beside its lines, and how wide a letter is on the whole.
const [line, padding, letter] = [21, 17, 7.4];

/** About how high a row will be that was never drawn. */
export function heightOf(row: Row, width: number): number {
  switch (row.type) {
    case "message": {
      const { message, isFirst } = row;
      const above = isFirst ? 12 : 3;
      const quote = message.reply_to === undefined ? 0 : 29;
      const under = message.reactions?.length ? 21 : 0;
      return (
        above + (isFirst ? 22 : 0) + quote + textOf(message.body ?? "", width) + highOf(message.attachments) + under
      );
    }
    case "pending":
      if (row.item.command.verb !== "send") return 3;
      return 3 + textOf(row.item.command.body, width) + highOf(row.item.command.attachments);
    case "more":
      return 184;
    default:
      return 39;
  }
}

function textOf(text: string, width: number): number {
  const most = Math.max(10, Math.min(560, (width - 85) * 0.88) - 26) / letter;
  let lines = 0;
  for (const one of text.split("\n")) lines += Math.max(1, Math.ceil(one.length / most));
  return padding + line * lines;
}
