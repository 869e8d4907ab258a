import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the channel is called that comes of the log. */
export const longTalk = "2024-01-01_12";

const words = "of lemons, trains, the pot on the balcony and whether the oven is right about all of it".split(" ");

/** A folder with one IRC log of so many lines, of different lengths. */
export async function writeLog(lines: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chat-log-"));
  const text = Array.from({ length: lines }, (_, n) => {
    const said = words.slice(0, 1 + ((n * 7) % words.length)).join(" ");
    return `[12:${String(Math.floor((n * 40) / lines)).padStart(2, "0")}] <${n % 3 ? "ann" : "bob"}> ${n + 1} ${said}`;
  });
  await writeFile(join(folder, `${longTalk}.raw.txt`), text.join("\n") + "\n");
  return folder;
}
