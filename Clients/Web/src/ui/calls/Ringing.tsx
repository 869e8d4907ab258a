import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { accept, decline } from "../../app/calls.js";
import { room } from "../../app/house/state.js";
import { nameOf } from "../../app/words.js";
import { announce } from "../announce.js";
import { Face } from "../Face.js";
import { closed } from "../focus.js";
import { Icon } from "../Icon.js";
import { isText } from "../keys.js";
import { CallIcon } from "./CallIcon.js";

/** Whoever is just about to press a key for something else does not mean this; in milliseconds. */
const startled = 800;

interface Props {
  other: string;
  isVideo: boolean;
}

/**
 * Somebody calls. Where one writes, the focus stays there, and the card is said aloud; where not, it has the focus:
 * Enter takes the call, and Escape does not.
 */
export function Ringing({ other, isVideo }: Props) {
  const card = useRef<HTMLDialogElement & HTMLDivElement>(null);
  // Over what is modal only something modal can be reached.
  const [isModal] = useState(() => document.querySelector("dialog:modal") !== null);
  const [since] = useState(() => Date.now());
  const name = nameOf(other);
  const what = isVideo ? "Video call" : "Call";
  // A plain effect would end when it is gone already, and the focus with it.
  useLayoutEffect(() => {
    const { current } = card;
    const before = document.activeElement;
    announce(`${name} is calling.`);
    if (isModal) current?.showModal();
    if (isModal || !isText(before)) current?.focus();
    return () => {
      const had = current?.contains(document.activeElement) || document.activeElement === document.body;
      if (isModal) closed(current);
      else if (had && before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" && (event.key !== "Enter" || event.target !== card.current)) return;
    event.preventDefault();
    event.stopPropagation();
    if (Date.now() - since > startled) void (event.key === "Enter" ? accept() : decline());
  };
  const Tag = isModal ? "dialog" : "div";
  return (
    <Tag
      ref={card}
      class="call-card ringing"
      role="alertdialog"
      aria-label={`${name} is calling`}
      aria-describedby="ringing-what"
      tabIndex={-1}
      autofocus
      onKeyDown={onKey}
      onCancel={(event: Event) => event.preventDefault()}
    >
      <Face person={other} size={56} />
      <div>
        <b>{name} is calling</b>
        <p id="ringing-what">{room.value ? `${what}. Taking it leads out of ${room.value.name}.` : what}</p>
      </div>
      <div class="call-answers">
        <button type="button" class="call-no" onClick={() => void decline()}>
          <CallIcon name="hang-up" /> Decline
        </button>
        <button type="button" class="call-yes" onClick={() => void accept()}>
          {isVideo ? <Icon name="camera" /> : <CallIcon name="phone" />} Accept
        </button>
      </div>
    </Tag>
  );
}
