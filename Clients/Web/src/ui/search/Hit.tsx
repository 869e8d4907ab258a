import { lineOf } from "../../app/files.js";
import { go } from "../../app/route.js";
import { views } from "../../app/state.js";
import { sinceTime } from "../../app/times.js";
import { titleOf, youOr } from "../../app/words.js";
import { entryOf, timeOf } from "../../views/entry.js";
import { marked } from "../../views/marking.js";
import type { Found } from "../../wire/governing.js";
import { Face } from "../Face.js";
import { aside } from "../panes.js";

interface Props {
  found: Found;
  words: string;
  /** Whether only one conversation was looked through, which then needs not be named. */
  isHere: boolean;
}

/** A message that was found, with what was looked for marked; it opens where it was said. */
export function Hit({ found: { conversation, message }, words, isHere }: Props) {
  const view = views.value.get(conversation);
  const entry = view && entryOf(view);
  const open = (): void => {
    go({ conversation, at: message.seq });
    // Where the pane covers what it opens.
    if (matchMedia("(max-width: 1099px)").matches) aside.value = null;
  };
  return (
    <button type="button" class="hit" onClick={open}>
      <Face person={message.by} size={32} />
      <span class="hit-by">
        <b>{youOr(message.by, conversation)}</b>
        {!isHere && entry && <small>in {titleOf(entry)}</small>}
        <time>{sinceTime(timeOf(message))}</time>
      </span>
      <span class="hit-words">
        {marked(lineOf(message), words).map((part, at) =>
          part.isMarked ? <mark key={at}>{part.text}</mark> : part.text,
        )}
      </span>
    </button>
  );
}
