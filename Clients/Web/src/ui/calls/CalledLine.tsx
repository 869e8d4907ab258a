import { me } from "../../app/state.js";
import { clockOf } from "../../app/times.js";
import type { Called } from "../../views/called.js";
import { Icon } from "../Icon.js";
import { CallIcon } from "./CallIcon.js";
import { wordsOf } from "./words.js";

interface Props {
  called: Called;
  other: string;
}

/** A call that was, between what was said. */
export function CalledLine({ called, other }: Props) {
  const isMissed = called.by !== me.value && called.how !== "hung_up" && called.how !== "declined";
  const icon = called.video ? <Icon name="camera" size={16} /> : <CallIcon name="phone" size={16} />;
  return (
    <p class={isMissed ? "called-line missed" : "called-line"}>
      {icon} {wordsOf(called, other)} <time>{clockOf(called.at)}</time>
    </p>
  );
}
