import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
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
 * Counts what is modal and opens; from 1 on where something is at first. Over that only something modal can be reached,
 * and only what was opened last.
 */
function useModals(): number {
  const [modals, setModals] = useState(() => (document.querySelector("dialog:modal") ? 1 : 0));
  useLayoutEffect(() => {
    const seen = new MutationObserver((changes) => {
      const isOver = ({ target }: MutationRecord): boolean =>
        target instanceof Element && target.matches("dialog:modal:not(.ringing)");
      if (changes.some(isOver)) setModals((count) => count + 1);
    });
    seen.observe(document, { subtree: true, attributeFilter: ["open"] });
    return () => seen.disconnect();
  }, []);
  return modals;
}

/**
 * Somebody calls. Where one writes, the focus stays there, and the card is said aloud; where not, it has the focus:
 * Enter takes the call, and Escape does not.
 */
export function Ringing({ other, isVideo }: Props) {
  const card = useRef<HTMLDialogElement & HTMLDivElement>(null);
  const modals = useModals();
  const isModal = modals > 0;
  const since = useRef(0);
  const name = nameOf(other);
  const what = isVideo ? "Video call" : "Call";
  useEffect(() => announce(`${name} is calling.`), []);
  // A plain effect would end when it is gone already, and the focus with it.
  useLayoutEffect(() => {
    const { current } = card;
    const before = document.activeElement;
    since.current = Date.now();
    if (isModal) current?.showModal();
    if (isModal || !isText(before)) current?.focus();
    return () => {
      const had = current?.contains(document.activeElement) || document.activeElement === document.body;
      if (isModal) closed(current);
      else if (had && before instanceof HTMLElement) before.focus();
    };
  }, [modals]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" && (event.key !== "Enter" || event.target !== card.current)) return;
    event.preventDefault();
    event.stopPropagation();
    if (Date.now() - since.current > startled) void (event.key === "Enter" ? accept() : decline());
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
