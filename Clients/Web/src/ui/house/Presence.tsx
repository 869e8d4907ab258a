import { setSelf } from "../../app/house/actions.js";
import { keeper } from "../../app/house/house.js";
import { plain } from "../../app/house/refusals.js";
import { house, presence, type Presence as How } from "../../app/house/state.js";
import { say } from "../../app/start.js";
import { Dialog } from "../Dialog.js";

const ways: readonly (readonly [How, string, string])[] = [
  ["in", "You’re in", "Friends see you in the hall, and may walk to where you are."],
  ["sneak", "Sneak in", "You look around, and nobody is told."],
  ["out", "Sneak out", "Talks go on; nobody can walk to you, and you stand in no room."],
];

/** In, unseen, or out; and whether one's rooms are locked. */
export function Presence({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="You, in the house" onClose={onClose} isSmall>
      <div class="menu-items" role="group" aria-label="How you are in">
        {ways.map(([how, name, what]) => (
          <button
            key={how}
            type="button"
            class="menu-item told"
            aria-pressed={presence.value === how}
            onClick={() => (void keeper()?.be(how), onClose())}
          >
            <span class={how === "in" ? "dot in" : "dot"} />
            <span>
              {name}
              <small>{what}</small>
            </span>
          </button>
        ))}
      </div>
      <PrivateMode />
    </Dialog>
  );
}

async function setPrivate(isPrivate: boolean): Promise<void> {
  const body = { private: isPrivate };
  const answer = await setSelf({ id: "-", verb: "private", body }, body);
  if ("refused" in answer) say(`Not changed. ${plain(answer.refused)}`);
}

/** Every room one enters is locked, while this holds. */
export const PrivateMode = () => (
  <label class="switch">
    <input
      type="checkbox"
      checked={house.value?.me.private ?? false}
      disabled={!house.value}
      onChange={(event) => void setPrivate(event.currentTarget.checked)}
    />
    Private: every room you enter is locked
  </label>
);
