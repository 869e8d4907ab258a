import { useRef } from "preact/hooks";
import type { Message } from "../../wire/types.js";
import { Icon } from "../Icon.js";
import type { Desk } from "./desk.js";

/**
 * What can be done with a message, where a pointer rests on it or the keyboard is at it. That is never while the list
 * scrolls by, and these are most of what a bubble is made of: they are drawn once the list stands still.
 */
export function Tools({ desk, message }: { desk: Desk; message: Message }) {
  const isDrawn = useRef(false);
  isDrawn.current ||= !desk.isScrolling.value;
  return isDrawn.current ? <Buttons desk={desk} message={message} /> : null;
}

const Buttons = ({ desk, message }: { desk: Desk; message: Message }) => (
  <div class="tools">
    <button type="button" tabIndex={-1} aria-label="React" onClick={() => (desk.menu.value = message)}>
      <Icon name="smile" size={18} />
    </button>
    <button type="button" tabIndex={-1} aria-label="Reply" onClick={() => reply(desk, message)}>
      <Icon name="reply" size={18} />
    </button>
    <button type="button" tabIndex={-1} aria-label="More" onClick={() => (desk.menu.value = message)}>
      <Icon name="more" size={18} />
    </button>
  </div>
);

export function reply(desk: Desk, message: Message): void {
  desk.editing.value = null;
  desk.replyTo.value = message;
}

export function edit(desk: Desk, message: Message): void {
  desk.replyTo.value = null;
  desk.editing.value = message;
}
