import { useState } from "preact/hooks";
import { go } from "../../app/route.js";
import { inbox } from "../../app/state.js";
import { titleOf } from "../../app/words.js";
import { ConversationFace } from "../ConversationFace.js";
import { Dialog } from "../Dialog.js";

/** To a conversation by its name. What was said is not searched yet, and this says so. */
export function GoTo({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = inbox.value
    .filter((entry) => titleOf(entry).toLowerCase().includes(text.trim().toLowerCase()))
    .slice(0, 8);
  const open = (conversation: string | undefined): void => {
    if (!conversation) return;
    onClose();
    go({ conversation });
  };
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && found.length > 0) {
      setAt((at + step + found.length) % found.length);
      event.preventDefault();
    } else if (event.key === "Enter") open(found[at]?.conversation);
  };
  return (
    <Dialog title="Go to" onClose={onClose} isSmall>
      <label class="field">
        <span>A conversation's name</span>
        <input
          value={text}
          autocomplete="off"
          onKeyDown={keys}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
        />
      </label>
      <ul class="found">
        {found.map((entry, index) => (
          <li key={entry.conversation}>
            <button type="button" class={index === at ? "chosen" : ""} onClick={() => open(entry.conversation)}>
              <ConversationFace entry={entry} size={32} /> {titleOf(entry)}
            </button>
          </li>
        ))}
      </ul>
      <p class="hint">
        {found.length === 0 ? "Nothing here is called that. " : ""}Searching what was said comes later.
      </p>
    </Dialog>
  );
}
