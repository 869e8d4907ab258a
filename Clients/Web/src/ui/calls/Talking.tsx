import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { hangUp, talkWith } from "../../app/calls.js";
import type { Line } from "../../app/line.js";
import { route } from "../../app/route.js";
import { go } from "../../app/route.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { myMedia, peered, seenOf } from "../../call/state.js";
import { Bust } from "../Face.js";
import { Media, SeatName, Video } from "../Seen.js";
import { CallIcon } from "./CallIcon.js";

const turn = (kind: "mic" | "cam"): void => void import("../../call/call.js").then(({ toggle }) => toggle(kind));

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
        <Media name="microphone" isOn={mic} onToggle={() => turn("mic")} />
        <Media name="camera" isOn={cam} onToggle={() => turn("cam")} />
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
      {cam && stream ? <Video person={person} stream={stream} /> : <Bust person={person} />}
      <SeatName person={person} isHeard={mic} />
    </li>
  );
}
