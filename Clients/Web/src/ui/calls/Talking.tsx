import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { hangUp, talkWith } from "../../app/calls.js";
import type { Line } from "../../app/line.js";
import { route } from "../../app/route.js";
import { go } from "../../app/route.js";
import { me } from "../../app/state.js";
import { nameOf, youOr } from "../../app/words.js";
import { myMedia, peered, seenOf } from "../../call/state.js";
import { Bust } from "../Face.js";
import { Icon } from "../Icon.js";
import { CallIcon } from "./CallIcon.js";

const load = () => import("../../call/call.js");

/** Whether one has made it small where it could be large. */
const isFolded = signal(false);

/** The call: over the conversation of the two, and small where one looks elsewhere. */
export function Talking({ line: { other, is, call } }: { line: Line }) {
  const talk = talkWith(other);
  const isThere = talk === undefined || route.value.conversation === talk;
  const isSmall = isFolded.value || !isThere;
  const name = nameOf(other);
  const { mic, cam, trouble } = myMedia.value;
  const isConnected = peered.value.some((one) => one.isConnected);
  useEffect(() => () => void (isFolded.value = false), []);
  const enlarge = (): void => {
    isFolded.value = false;
    if (!isThere) go({ conversation: talk });
  };
  return (
    <section class={isSmall ? "call small" : "call"} aria-label={`Call with ${name}`}>
      <header>
        <h2>{name}</h2>
        <span role="status">{is === "talks" && isConnected ? <Since at={call?.answered_at} /> : "Connecting…"}</span>
        <button
          type="button"
          class="round"
          aria-label={isSmall ? "Make the call large" : "Make the call small"}
          onClick={() => (isSmall ? enlarge() : (isFolded.value = true))}
        >
          <CallIcon name={isSmall ? "grow" : "shrink"} size={18} />
        </button>
      </header>
      <ul class="tiles of-2" aria-label="On the call">
        {[other, me.value].map((person) => (
          <Tile key={person} person={person} />
        ))}
      </ul>
      {trouble && (
        <p class="door-note" role="alert">
          {trouble}
        </p>
      )}
      <div class="call-dock" role="toolbar" aria-label="On the call">
        <Media name="microphone" kind="mic" isOn={mic} icons={["mic", "mute"]} />
        <Media name="camera" kind="cam" isOn={cam} icons={["camera", "no-camera"]} />
        <button type="button" class="call-no" onClick={() => void hangUp()}>
          <CallIcon name="hang-up" /> <span>Hang up</span>
        </button>
      </div>
    </section>
  );
}

/** For how long they have been talking. */
function Since({ at = Date.now() }: { at: number | undefined }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  return (
    <span aria-hidden="true">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}

function Tile({ person }: { person: string }) {
  const isMine = person === me.value;
  const { stream, mic, cam, speaking } = seenOf(person);
  return (
    <li class={`seat${speaking ? " speaking" : ""}${isMine ? " mine" : ""}`}>
      {cam && stream ? <Video stream={stream} isMine={isMine} /> : <Bust person={person} />}
      <span class="seat-name">
        {!mic && (
          <span class="quiet-mic">
            <Icon name="mute" size={15} />
            <span class="sr-only">muted, </span>
          </span>
        )}
        {youOr(person)}
      </span>
    </li>
  );
}

function Video({ stream, isMine }: { stream: MediaStream; isMine: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} class={isMine ? "mirrored" : ""} autoplay playsInline muted />;
}

interface MediaProps {
  name: string;
  kind: "mic" | "cam";
  isOn: boolean;
  icons: readonly ["mic" | "camera", "mute" | "no-camera"];
}

const Media = ({ name, kind, isOn, icons }: MediaProps) => (
  <button
    type="button"
    class={isOn ? "dock-media on" : "dock-media"}
    aria-pressed={isOn}
    aria-label={`Your ${name}`}
    title={`Your ${name} is ${isOn ? "on" : "off"}`}
    onClick={() => void load().then(({ toggle }) => toggle(kind))}
  >
    <Icon name={icons[isOn ? 0 : 1]} />
  </button>
);
