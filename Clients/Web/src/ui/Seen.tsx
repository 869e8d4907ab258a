import { useEffect, useRef } from "preact/hooks";
import { me } from "../app/state.js";
import { youOr } from "../app/words.js";
import { Icon } from "./Icon.js";

/** What somebody's camera shows; what one's own does, as in a mirror. */
export function Video({ person, stream }: { person: string; stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} class={person === me.value ? "mirrored" : ""} autoplay playsInline muted />;
}

/** Who sits there, and whether they are heard. */
export const SeatName = ({ person, isHeard }: { person: string; isHeard: boolean }) => (
  <span class="seat-name">
    {!isHeard && (
      <span class="quiet-mic">
        <Icon name="mute" size={15} />
        <span class="sr-only">muted, </span>
      </span>
    )}
    {youOr(person)}
  </span>
);

interface MediaProps {
  name: "microphone" | "camera";
  isOn: boolean;
  onToggle: () => void;
}

const icons = { microphone: ["mic", "mute"], camera: ["camera", "no-camera"] } as const;

/** Turns one's microphone or camera on, and off. */
export const Media = ({ name, isOn, onToggle }: MediaProps) => (
  <button
    type="button"
    class={isOn ? "dock-media on" : "dock-media"}
    aria-pressed={isOn}
    aria-label={`Your ${name}`}
    title={`Your ${name} is ${isOn ? "on" : "off"}`}
    onClick={onToggle}
  >
    <Icon name={icons[name][isOn ? 0 : 1]} />
  </button>
);
