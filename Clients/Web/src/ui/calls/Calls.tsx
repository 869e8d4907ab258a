import { useEffect, useState } from "preact/hooks";
import { drop, hangUp } from "../../app/calls.js";
import { headline, line } from "../../app/line.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { announce } from "../announce.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { CallIcon } from "./CallIcon.js";
import { Ringing } from "./Ringing.js";
import { ringTone } from "./tone.js";
import { Talking } from "./Talking.js";
import { endOf } from "./words.js";

/** What there is of a call, wherever one looks. */
export function Calls() {
  const { value } = line;
  const is = value?.is;
  const other = value?.other ?? "";
  useEffect(() => {
    if (is === "rings" || is === "calls") return ringTone(is);
    return undefined;
  }, [is, other]);
  useEffect(() => {
    if (is === "rings") headline.value = `${nameOf(other)} is calling`;
    if (is === "calls") headline.value = `Calling ${nameOf(other)}`;
    if (is === "talks") announce(`You are on a call with ${nameOf(other)}`);
    return () => void (headline.value = "");
  }, [is, other]);
  if (!value) return null;
  switch (value.is) {
    case "rings":
      return <Ringing key={`${other} ${value.call?.number}`} other={other} isVideo={value.video} />;
    case "takes":
    case "talks":
      return <Talking line={value} />;
    default:
      return <Card />;
  }
}

/** That one calls, how a call ended, or that one is on it somewhere else. */
function Card() {
  const { value } = line;
  const [isHidden, setIsHidden] = useState(false);
  if (!value || (isHidden && value.is === "elsewhere")) return null;
  const { other, is, video, call } = value;
  const name = nameOf(other);
  const length = (call?.ended_at ?? 0) - (call?.answered_at ?? call?.ended_at ?? 0);
  const text =
    is === "calls"
      ? video
        ? "with video"
        : "it rings"
      : is === "elsewhere"
        ? "on another device of yours, or in another window"
        : endOf(call?.how ?? "hung_up", call?.caller === me.value, other, length);
  return (
    <section class="call-card" aria-label={`Call with ${name}`}>
      <Face person={other} size={48} />
      <div role="status">
        <b>{is === "calls" ? `Calling ${name}…` : is === "elsewhere" ? `On a call with ${name}` : name}</b>
        <p>{text}</p>
      </div>
      {is !== "over" && (
        <button type="button" class="call-no" onClick={() => void hangUp()}>
          <CallIcon name="hang-up" /> Hang up
        </button>
      )}
      {is !== "calls" && (
        <button
          type="button"
          class="round"
          aria-label="Close"
          onClick={() => (is === "over" ? drop() : setIsHidden(true))}
        >
          <Icon name="close" />
        </button>
      )}
    </section>
  );
}
