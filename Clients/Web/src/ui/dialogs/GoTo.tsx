import { useState } from "preact/hooks";
import { go } from "../../app/route.js";
import { inbox } from "../../app/state.js";
import { titleOf } from "../../app/words.js";
import { ConversationFace } from "../ConversationFace.js";
import { Dialog } from "../Dialog.js";
import { Icon } from "../Icon.js";
import { aside, searchWords } from "../panes.js";

/** To a conversation by its name; or on to what was said. */
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
  const search = (): void => {
    onClose();
    searchWords.value = text.trim();
    aside.value = "search";
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
      {found.length === 0 && <p class="hint">Nothing here is called that.</p>}
      <button type="button" class="menu-item" onClick={search}>
        <Icon name="search" /> Search what was said
      </button>
    </Dialog>
  );
}
