import { useEffect, useState } from "preact/hooks";
import { inRoom, leave, react } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { isChoosingGame } from "../../app/house/playing.js";
import { say } from "../../app/start.js";
import { myMedia } from "../../call/state.js";
import type { RoomView } from "../../wire/house.js";
import type { Answer } from "../../wire/types.js";
import { more } from "../conversation/emoji.js";
import { Icon } from "../Icon.js";
import { setRoomKeys } from "../keys.js";
import { useCall } from "./useCall.js";
import { isTalkOpen, isWavingOver } from "./state.js";
import { WaveOver } from "./WaveOver.js";

const quick = ["😂", "👏", "❤️"] as const;

/** What one can do in the room: be heard and seen, laugh, lock, wave somebody over, go. */
export function Dock({ view }: { view: RoomView }) {
  const call = useCall(view);
  const { mic, cam, trouble } = myMedia.value;
  const isLocked = view.locked_by !== undefined;
  const lock = (): Promise<void> => told(inRoom(isLocked ? "unlock" : "lock"));
  useEffect(() =>
    setRoomKeys({
      m: () => void call.mic(),
      v: () => void call.cam(),
      l: () => void lock(),
      w: () => (isWavingOver.value = true),
    }),
  );
  return (
    <div class="dock" role="toolbar" aria-label="In the room">
      {trouble && (
        <p class="door-note" role="alert">
          {trouble}
        </p>
      )}
      <div class="dock-group">
        <Media name="microphone" isOn={mic} icons={["mic", "mute"]} onToggle={() => void call.mic()} />
        <Media name="camera" isOn={cam} icons={["camera", "no-camera"]} onToggle={() => void call.cam()} />
      </div>
      <Reactions />
      <div class="dock-group">
        <button type="button" class="dock-button" onClick={() => void lock()}>
          <Icon name={isLocked ? "unlock" : "lock"} size={19} /> <span>{isLocked ? "Unlock" : "Lock"}</span>
        </button>
        <button type="button" class="dock-button" onClick={() => (isWavingOver.value = true)}>
          👋 <span>Wave someone over</span>
        </button>
        <button
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
      <div class="dock-group">
        <button type="button" class="dock-button leave" onClick={() => void told(leave())}>
          Leave
        </button>
      </div>
      {isWavingOver.value && <WaveOver view={view} onClose={() => (isWavingOver.value = false)} />}
    </div>
  );
}

// What is refused is said where one looks.
async function told(asked: Promise<Answer<unknown>>): Promise<void> {
  const answer = await asked;
  if ("refused" in answer) say(plain(answer.refused));
}

/** Three at hand, and a hand more. */
function Reactions() {
  const [isPicking, setIsPicking] = useState(false);
  const pick = (emoji: string): void => {
    react(emoji);
    setIsPicking(false);
  };
  return (
    <div class="dock-group">
      {isPicking && (
        <div class="emoji-grid picker" role="group" aria-label="Reactions">
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

interface MediaProps {
  name: string;
  isOn: boolean;
  icons: readonly ["mic" | "camera", "mute" | "no-camera"];
  onToggle: () => void;
}

const Media = ({ name, isOn, icons, onToggle }: MediaProps) => (
  <button
    type="button"
    class={isOn ? "dock-media on" : "dock-media"}
    aria-pressed={isOn}
    aria-label={`Your ${name}`}
    title={`Your ${name} is ${isOn ? "on" : "off"}`}
    onClick={onToggle}
  >
    <Icon name={icons[isOn ? 0 : 1]} />
  </button>
);
