import { singleKeys } from "../../app/theme.js";
import { Dialog } from "../Dialog.js";

const all: readonly (readonly [string, string])[] = [
  ["/", "Search"],
  ["Ctrl K", "Go to a conversation"],
  ["Alt ↑ ↓", "Conversation before, after"],
  ["Alt Shift ↑ ↓", "The same, only unread ones"],
  ["↑ ↓ Home End", "Message by message"],
  ["R", "Reply"],
  ["+", "React"],
  ["E", "Change it"],
  ["Del", "Take it back"],
  ["Enter", "All that can be done with it"],
  ["↑ in the empty box", "Change your last message"],
  ["Esc", "Out of it, then to the newest"],
  ["G H", "To the house"],
  ["M V", "Microphone, camera, in a room"],
  ["L W", "Lock, wave someone over, in a room"],
  ["K +", "To who knocks, and reactions, in a room"],
  ["1 – 9", "Answer, choose or begin, in a game"],
  ["?", "All of these"],
];

export const Keys = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    <dl class="keys">
      {all.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
    <label class="switch">
      <input
        type="checkbox"
        checked={singleKeys.value}
        onChange={(event) => (singleKeys.value = event.currentTarget.checked)}
      />
      Single keys, outside of text
    </label>
  </Dialog>
);
