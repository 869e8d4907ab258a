import { me } from "../../app/state.js";
import { clockOf } from "../../app/times.js";
import type { Kept } from "../../views/called.js";
import { Icon } from "../Icon.js";
import { CallIcon } from "./CallIcon.js";
import { PartyLine } from "./PartyLine.js";
import { wordsOf } from "./words.js";

interface Props {
  called: Kept;
  other: string;
}

/** A call or a party that was, between what was said. */
export function CalledLine({ called, other }: Props) {
  if ("party" in called) return <PartyLine party={called.party} />;
  const isMissed = called.by !== me.value && called.how !== "hung_up" && called.how !== "declined";
  const icon = called.video ? <Icon name="camera" size={16} /> : <CallIcon name="phone" size={16} />;
  return (
    <p class={isMissed ? "called-line missed" : "called-line"}>
      {icon} {wordsOf(called, other)} <time>{clockOf(called.at)}</time>
    </p>
  );
}
