import { useRef } from "preact/hooks";
import { knock, stepBack, walkIn, wave } from "../../app/house/actions.js";
import { roomName } from "../../app/house/names.js";
import { house, lighting } from "../../app/house/state.js";
import { ways } from "../../app/house/refusals.js";
import { nameOf } from "../../app/words.js";
import { freeNames } from "../../views/house.js";
import type { Card } from "../../wire/house.js";
import type { Refusal } from "../../wire/types.js";
import { useGivingBack } from "../focus.js";
import { Icon } from "../Icon.js";

interface Props {
  room: string;
  card?: Card | undefined;
  refusal: Refusal;
}

/** Why a door stayed shut, at the door, and what else one can do. */
export function DoorNote({ room, card, refusal }: Props) {
  const name = card?.name ?? roomName(room);
  const friend = card?.occupants?.find(({ stranger }) => !stranger)?.person;
  const { text, may } = ways(refusal, name, card?.occupants?.length);
  // Back to the door at which it stood, where that is.
  const box = useRef<HTMLDivElement>(null);
  useGivingBack(box, () => document.querySelector(`[data-door="${room}"]`));
  const [spare] = freeNames(house.value?.rooms ?? []).slice(-1);
  return (
    <div ref={box} class="door-note" role="alert">
      <p>{text}</p>
      {may.includes("knock") && (
        <button type="button" class="button small action" onClick={() => void knock(room)}>
          {refusal.because.includes("knock.unanswered") ? "Knock again" : "Knock"}
        </button>
      )}
      {may.includes("enter") && (
        <button type="button" class="button small action" onClick={() => void walkIn(room)}>
          Walk in
        </button>
      )}
      {may.includes("wave") && friend && (
        <button type="button" class="button small quiet" onClick={() => void (wave(friend), stepBack(room))}>
          Wave at {nameOf(friend)}
        </button>
      )}
      {may.includes("light") && spare && (
        <button type="button" class="button small quiet" onClick={() => (lighting.value = { name: spare })}>
          Light the {spare.toLowerCase()}
        </button>
      )}
      <button type="button" class="round" aria-label="Leave it" onClick={() => void stepBack(room)}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
