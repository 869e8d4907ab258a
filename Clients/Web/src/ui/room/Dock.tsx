import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { inRoom, leave, react } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { isChoosingGame } from "../../app/house/playing.js";
import { say } from "../../app/start.js";
import { myMedia } from "../../call/state.js";
import type { RoomView } from "../../wire/house.js";
import type { Answer } from "../../wire/types.js";
import { announce } from "../announce.js";
import { more } from "../conversation/emoji.js";
import { alongRow } from "../focus.js";
import { Icon } from "../Icon.js";
import { Media } from "../Seen.js";
import { useDockKeys } from "./useDockKeys.js";
import { useCall } from "./useCall.js";
import { isTalkOpen, isWavingOver } from "./state.js";
import { WaveOver } from "./WaveOver.js";

const quick = ["😂", "👏", "❤️"] as const;

/** What one can do in the room: be heard and seen, laugh, lock, wave somebody over, go. */
export function Dock({ view }: { view: RoomView }) {
  const call = useCall(view);
  const { mic, cam, trouble } = myMedia.value;
  const isLocked = view.locked_by !== undefined;
  const lock = async (): Promise<void> => {
    if (await told(inRoom(isLocked ? "unlock" : "lock")))
      announce(isLocked ? "Unlocked: friends may walk in." : "Locked: whoever wants in knocks.");
  };
  const [isPicking, setIsPicking] = useState(false);
  useDockKeys({ ...call, lock, pick: () => setIsPicking(true) });
  return (
    <div class="dock" role="toolbar" aria-label="In the room" onKeyDown={alongRow}>
      {trouble && (
        <p class="door-note" role="alert">
          {trouble}
        </p>
      )}
      <div class="dock-group">
        <Media name="microphone" isOn={mic} onToggle={() => void call.mic()} />
        <Media name="camera" isOn={cam} onToggle={() => void call.cam()} />
      </div>
      <Reactions isPicking={isPicking} setIsPicking={setIsPicking} />
      <Doings isLocked={isLocked} onLock={() => void lock()} />
      <div class="dock-group">
        <button type="button" class="dock-button leave" onClick={() => void told(leave())}>
          Leave
        </button>
      </div>
      {isWavingOver.value && <WaveOver view={view} onClose={() => (isWavingOver.value = false)} />}
    </div>
  );
}

const Doings = ({ isLocked, onLock }: { isLocked: boolean; onLock: () => void }) => (
  <div class="dock-group">
    <button type="button" class="dock-button" onClick={() => onLock()}>
      <Icon name={isLocked ? "unlock" : "lock"} size={19} /> <span>{isLocked ? "Unlock" : "Lock"}</span>
    </button>
    <button type="button" class="dock-button" onClick={() => (isWavingOver.value = true)}>
      👋 <span>Wave someone over</span>
    </button>
    <button
      id="to-games"
      type="button"
      class="dock-button"
      aria-expanded={isChoosingGame.value}
      onClick={() => (isChoosingGame.value = !isChoosingGame.value)}
    >
      🎲 <span>Games</span>
    </button>
    <button
      type="button"
      class="dock-button to-talk"
      aria-expanded={isTalkOpen.value}
      onClick={() => (isTalkOpen.value = true)}
    >
      <Icon name="talk" size={19} /> <span>Talk</span>
    </button>
  </div>
);

// What is refused is said where one looks.
async function told(asked: Promise<Answer<unknown>>): Promise<boolean> {
  const answer = await asked;
  if ("refused" in answer) say(plain(answer.refused));
  return "ok" in answer;
}

interface ReactionsProps {
  isPicking: boolean;
  setIsPicking: (is: boolean) => void;
}

/** Three at hand, and a hand more. */
function Reactions({ isPicking, setIsPicking }: ReactionsProps) {
  const [grid, toggle] = [useRef<HTMLDivElement>(null), useRef<HTMLButtonElement>(null)];
  useLayoutEffect(() => {
    if (isPicking) grid.current?.querySelector("button")?.focus();
  }, [isPicking]);
  const close = (): void => {
    setIsPicking(false);
    toggle.current?.focus();
  };
  const pick = (emoji: string): void => {
    react(emoji);
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") (event.preventDefault(), close());
  };
  return (
    <div class="dock-group">
      {isPicking && (
        <div ref={grid} class="emoji-grid picker" role="group" aria-label="Reactions" onKeyDown={onKey}>
          {more.map((emoji) => (
            <button key={emoji} type="button" onClick={() => pick(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      {quick.map((emoji) => (
        <button
          key={emoji}
          type="button"
          class="dock-emoji"
          aria-label={`React with ${emoji}`}
          onClick={() => react(emoji)}
        >
          {emoji}
        </button>
      ))}
      <button
        ref={toggle}
        type="button"
        class="dock-emoji"
        aria-label="More reactions"
        aria-expanded={isPicking}
        onClick={() => setIsPicking(!isPicking)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
