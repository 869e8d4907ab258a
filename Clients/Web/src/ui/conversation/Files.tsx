import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { boxOf, doorOf, isPicture, localOf, sizeOf } from "../../app/files.js";
import { say } from "../../app/start.js";
import type { Attachment } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { Icon } from "../Icon.js";

interface Props {
  files: readonly Attachment[];
  conversation: string;
  /** The message that carries them; none while it is on its way. */
  seq?: number;
}

/** What a message carries: pictures to look at, everything else to save. */
export function Files({ files, conversation, seq }: Props) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <>
      {pictures.length > 0 && (
        <span class={`pictures${pictures.length > 1 ? " many" : ""}`}>
          {pictures.map((file) => (
            <Picture key={file.file} file={file} conversation={conversation} seq={seq} />
          ))}
        </span>
      )}
      {others.map((file) => (
        <Other key={file.file} file={file} conversation={conversation} seq={seq} />
      ))}
    </>
  );
}

interface One {
  file: Attachment;
  conversation: string;
  seq: number | undefined;
}

/** The picture that is looked at, as large as it goes. */
export const looking = signal<(One & { seq: number }) | null>(null);

export function Viewer() {
  const one = looking.value;
  const [door, setDoor] = useState<string | null>(null);
  useEffect(() => {
    setDoor(null);
    if (one) void doorOf(one.conversation, one.seq, one.file.file).then(setDoor);
  }, [one]);
  if (!one) return null;
  const { file } = one;
  return (
    <Dialog title={file.name} under={sizeOf(file.bytes)} onClose={() => (looking.value = null)}>
      <div class="viewer">{door && <img src={door} alt={file.name} width={file.width} height={file.height} />}</div>
      <button type="button" class="button outline" onClick={() => void save(one)}>
        Save it
      </button>
    </Dialog>
  );
}

function Picture({ file, conversation, seq }: One) {
  const [door, setDoor] = useState<string | null | undefined>(undefined);
  const held = localOf(file.file);
  useEffect(() => {
    if (seq === undefined || held) return;
    let isHere = true;
    void doorOf(conversation, seq, file.file).then((path) => isHere && setDoor(path));
    return () => {
      isHere = false;
    };
  }, [conversation, seq, file.file]);
  const [isBroken, setIsBroken] = useState(false);
  const source = held ?? (door ? `${door}?small` : undefined);
  const box = boxOf(file);
  if (door === null || isBroken)
    return (
      <span class="picture gone">
        <Icon name="file" /> This picture cannot be shown just now.
      </span>
    );
  return (
    <button
      type="button"
      class="picture"
      tabIndex={-1}
      aria-label={`Look at ${file.name}`}
      style={{ width: `${box.width}px`, aspectRatio: `${box.width} / ${box.height}` }}
      onClick={() => seq !== undefined && (looking.value = { file, conversation, seq })}
    >
      {source && <img src={source} alt="" {...box} decoding="async" onError={() => setIsBroken(true)} />}
    </button>
  );
}

async function save({ file, conversation, seq }: One): Promise<void> {
  if (seq === undefined) return;
  const door = await doorOf(conversation, seq, file.file);
  if (!door) return say("This file is not there any more.");
  Object.assign(document.createElement("a"), { href: door, download: file.name }).click();
}

function Other(one: One) {
  const { file } = one;
  return (
    <button type="button" class="file" onClick={() => void save(one)}>
      <Icon name="file" />
      <span>
        <span class="sr-only">Save </span>
        <b>{file.name}</b>
        <small>{sizeOf(file.bytes)}</small>
      </span>
    </button>
  );
}
