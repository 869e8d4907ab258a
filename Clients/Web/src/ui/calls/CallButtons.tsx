import { useEffect } from "preact/hooks";
import { findCall, ring } from "../../app/calls.js";
import { line } from "../../app/line.js";
import { nameOf } from "../../app/words.js";
import { Icon } from "../Icon.js";
import { CallIcon } from "./CallIcon.js";

/** Calls a friend, heard or seen too. */
export function CallButtons({ other }: { other: string }) {
  useEffect(() => void findCall(other), [other]);
  const name = nameOf(other);
  const isBusy = line.value !== null && line.value.is !== "over" && line.value.is !== "rings";
  return (
    <>
      <button
        type="button"
        class="round call-with"
        aria-label={`Call ${name}`}
        title={`Call ${name}`}
        disabled={isBusy}
        onClick={() => void ring(other, false)}
      >
        <CallIcon name="phone" />
      </button>
      <button
        type="button"
        class="round"
        aria-label={`Call ${name} with video`}
        title={`Call ${name} with video`}
        disabled={isBusy}
        onClick={() => void ring(other, true)}
      >
        <Icon name="camera" />
      </button>
    </>
  );
}
