import { me, views } from "../app/state.js";
import { titleOf } from "../app/words.js";
import type { Entry } from "../wire/types.js";
import { Face } from "./Face.js";
import { groundOf } from "./looks.js";

const emoji = /\p{Extended_Pictographic}(\u200d\p{Extended_Pictographic}|\ufe0f)*/u;

/** What a conversation is known by: a face, two faces, or the sign of a channel. */
export function ConversationFace({ entry, size = 44 }: { entry: Entry; size?: number }) {
  // With its unit: a bare number is nothing here.
  const box = { width: `${size}px`, height: `${size}px` };
  const members = [...(views.value.get(entry.conversation)?.state.members.keys() ?? [])];
  const others = members.filter((person) => person !== me.value);
  if (entry.kind === "channel" || others.length === 0) {
    const title = titleOf(entry);
    return (
      <span class="tile" style={{ ...box, background: groundOf(entry.conversation) }}>
        {emoji.exec(title)?.[0] ?? [...title][0]?.toUpperCase()}
      </span>
    );
  }
  if (entry.kind === "direct" || others.length === 1)
    return (
      <span class="faces" style={box}>
        <Face person={others[0] as string} size={size} />
      </span>
    );
  return (
    <span class="faces two" style={box}>
      <Face person={others[0] as string} size={size * 0.68} />
      <Face person={others[1] as string} size={size * 0.68} />
    </span>
  );
}
