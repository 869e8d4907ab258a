import { useEffect, useRef, useState } from "preact/hooks";
import { isPicture, sizeOf, type Upload } from "../../app/files.js";
import { Icon } from "../Icon.js";
import type { Desk } from "./desk.js";

/** The files that go with the next message. */
export function Uploads({ desk }: { desk: Desk }) {
  const uploads = desk.uploads.value;
  if (uploads.length === 0) return null;
  return (
    <ul class="uploads" aria-label="Goes with your message">
      {uploads.map((upload) => (
        <One key={upload.id} upload={upload} desk={desk} />
      ))}
    </ul>
  );
}

function One({ upload, desk }: { upload: Upload; desk: Desk }) {
  const { file, done, refused } = upload;
  const source = usePreview(file);
  return (
    <li class={refused ? "upload refused" : done ? "upload" : "upload waiting"}>
      {source && !refused ? <img src={source} alt="" /> : <Icon name="file" />}
      <span>
        <b>{file.name}</b>
        <small role="status">{refused ? why(refused) : done ? sizeOf(file.size) : "on its way…"}</small>
      </span>
      {refused && (
        <button type="button" class="button outline" onClick={() => desk.bringAgain(upload)}>
          Try again
        </button>
      )}
      <button type="button" class="round" aria-label={`Leave ${file.name} out`} onClick={() => desk.leaveOut(upload)}>
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}

function usePreview(file: File): string | null {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    if (!isPicture(file)) return;
    const url = URL.createObjectURL(file);
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return source;
}

function why(rules: readonly string[]): string {
  const rule = rules.at(-1) ?? "";
  if (rule.startsWith("bytes: at most")) return `too large: at most ${sizeOf(Number(rule.split(" ").at(-1)))}`;
  if (rule.startsWith("type:")) return "not the sort of file that its name says";
  if (rule === "attachments.waiting") return "too much waits already: send what is there first";
  if (rule === "permission.attach") return "you can't send files here";
  return "it did not get through";
}

/** Opens the choice of files. */
export function Clip({ desk }: { desk: Desk }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          desk.bring([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class="round"
        aria-label="Add pictures or files"
        disabled={!desk.mayAttach.value}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
    </>
  );
}
