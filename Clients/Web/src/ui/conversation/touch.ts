import type { Message } from "../../wire/types.js";
import type { Desk } from "./desk.js";
import { reply } from "./Tools.js";

const longPress = 450;
const farEnough = 56;

/** The message that an event is about. */
export function messageAt({ target }: Event, desk: Desk): Message | null {
  const id = target instanceof Element ? target.closest("article.message")?.id : undefined;
  return (id?.startsWith("m") && desk.messages.value.get(Number(id.slice(1)))) || null;
}

/** A long press on a message opens what can be done, a swipe to the right replies. Each is a button too. */
export function touchOf(desk: Desk) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const end = (): void => clearTimeout(timer);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      const message = messageAt(event, desk);
      if (!touch || message?.body === undefined) return;
      from = { x: touch.clientX, y: touch.clientY };
      timer = setTimeout(() => (desk.menu.value = message), longPress);
    },
    onTouchMove: (event: TouchEvent) => {
      const touch = event.touches[0];
      if (touch && Math.hypot(touch.clientX - from.x, touch.clientY - from.y) > 8) end();
    },
    onTouchEnd: (event: TouchEvent) => {
      end();
      const touch = event.changedTouches[0];
      const message = messageAt(event, desk);
      if (!touch || message?.body === undefined) return;
      const isSwipe = touch.clientX - from.x > farEnough && Math.abs(touch.clientY - from.y) < farEnough / 2;
      // From the very edge it is the browser's own way back.
      if (isSwipe && from.x > 24) reply(desk, message);
    },
    onTouchCancel: end,
  };
}
