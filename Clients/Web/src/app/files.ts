import { newId } from "../sync/ids.js";
import type { Answer, Attachment, Door, Message } from "../wire/types.js";
import { ask } from "./start.js";

/** Files of one message. */
export const mostFiles = 10;

/** A file on its way up; it goes with the next message that is sent. */
export interface Upload {
  readonly id: string;
  readonly file: File;
  readonly done?: Attachment;
  readonly refused?: readonly string[];
}

const failed = { refused: { code: "unavailable", because: ["files.unreachable"] } };

/** Brings a file; under the same id it is the same file, however often it is brought. */
export async function bring(conversation: string, { id, file }: Upload): Promise<Answer<Attachment>> {
  const about = { client_id: id, name: nameOf(file), type: typeOf(file), bytes: file.size };
  const door = await ask<Door>("conversation", conversation, "upload", about);
  if (!("ok" in door)) return door;
  try {
    const put = await fetch(door.ok.path, { method: "PUT", body: file });
    const answer = (await put.json()) as Answer<Attachment>;
    if ("ok" in answer) local.set(answer.ok.file, URL.createObjectURL(file));
    return answer;
  } catch {
    return failed;
  }
}

export const newUpload = (file: File): Upload => ({ id: newId(), file });

// A name without the folder that it came from, and with one where it was only copied.
const nameOf = (file: File): string => file.name.split(/[/\\]/).at(-1) || "picture.png";

const typeOf = (file: File): string => {
  const type = file.type.toLowerCase().split(";")[0] ?? "";
  return /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/.test(type) ? type : "application/octet-stream";
};

// One's own pictures are at hand: they need not come back to be seen.
const local = new Map<string, string>();

export const localOf = (file: string): string | undefined => local.get(file);

const doors = new Map<string, Promise<Door | null>>();
const margin = 60_000;

/** Where a file of a message is fetched from; the same address for some minutes, so that it is fetched once. */
export async function doorOf(conversation: string, seq: number, file: string): Promise<string | null> {
  const key = `${conversation} ${seq} ${file}`;
  const held = await doors.get(key);
  if (held && held.until - margin > Date.now()) return held.path;
  const asked = ask<Door>("conversation", conversation, "file", { seq, file }).then((answer) =>
    "ok" in answer ? answer.ok : null,
  );
  doors.set(key, asked);
  return (await asked)?.path ?? null;
}

const shown = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export const isPicture = (file: { readonly type: string }): boolean => shown.includes(file.type);

const widest = 320;
const highest = 300;

/** How large a picture is shown: known before it has come, so that nothing moves when it does. */
export function boxOf({ width = widest, height = 200 }: Attachment): { width: number; height: number } {
  const scale = Math.min(1, widest / Math.max(1, width), highest / Math.max(1, height));
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}

/** How high what a message carries is shown: one picture as it is, several as squares, every other file as a line. */
export function highOf(files: readonly Attachment[] = []): number {
  const pictures = files.filter(isPicture);
  const [first] = pictures;
  const rows = Math.ceil(pictures.length / 2) * 162;
  const high = first ? (pictures.length > 1 ? rows : boxOf(first).height) + 6 : 0;
  return high + (files.length - pictures.length) * 56;
}

/** What a message says in a line: its words, or what it carries. */
export function lineOf(message: Pick<Message, "body" | "attachments">): string {
  if (message.body) return message.body;
  const files = message.attachments ?? [];
  const [first] = files;
  if (!first) return "";
  const what = files.every(isPicture) ? "picture" : "file";
  if (files.length > 1) return `${files.length} ${what}s`;
  return what === "picture" ? "A picture" : first.name;
}

export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
