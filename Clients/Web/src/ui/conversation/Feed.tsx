import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { readHere } from "../../app/start.js";
import { me, receipts } from "../../app/state.js";
import { fullTime } from "../../app/times.js";
import { timeOf, unreadCount } from "../../views/entry.js";
import type { Row } from "../../views/rows.js";
import { Icon } from "../Icon.js";
import { List } from "../list/List.js";
import { Roll } from "../list/roll.js";
import type { Desk } from "./desk.js";
import { feedRow } from "./FeedRow.js";
import { feedKeys } from "./feedKeys.js";
import { heightOf } from "./heights.js";
import { readersAt } from "./readers.js";
import { messageAt, touchOf } from "./touch.js";

/** How many screens from an edge more is fetched, and how near the end, in pixels, counts as the end. */
const near = 5;
const end = 48;

export function Feed({ desk, at }: { desk: Desk; at: number | null }) {
  const rows = desk.rows.value;
  const last = rows.findLast((row) => row.type === "message")?.key ?? "";
  const { scroller, roll, isAway, toEnd } = useFollowing(desk, at);
  const readers = useMemo(
    () => readersAt(desk.messages.value, receipts.value.get(desk.conversation), me.value),
    [desk.messages.value, receipts.value.get(desk.conversation)],
  );
  const focusedIndex = rows.findIndex((row) => row.key === desk.focused.value);
  const stop = focusedIndex >= 0 ? rows[focusedIndex]?.key : last;

  const touch = useMemo(() => touchOf(desk), [desk]);
  const focus = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    desk.focused.value = row.key;
    roll.show(index, "nearest");
    requestAnimationFrame(() => document.getElementById(row.key)?.focus({ preventScroll: true }));
  };

  return (
    <div class="feed-place">
      <div
        ref={scroller}
        class="feed"
        role={last ? "feed" : "group"}
        aria-label="Messages"
        aria-busy={desk.timeline.isLoading}
        onKeyDown={(event) => feedKeys(event, desk, focus)}
        onFocusIn={(event) => focused(event, desk)}
        onMouseOver={(event) => tellTime(event, desk)}
        {...touch}
      >
        <List roll={roll} rows={rows} scroller={scroller} kept={focusedIndex}>
          {(row) => feedRow({ row, desk, isFocusable: row.key === stop, readers })}
        </List>
      </div>
      {isAway && <ToNewest desk={desk} onClick={() => (desk.timeline.toEnd(), requestAnimationFrame(toEnd))} />}
    </div>
  );
}

// Here and not at each bubble: with every frame of a list that scrolls there are nine new ones.
function focused({ target }: FocusEvent, desk: Desk): void {
  if (target instanceof Element && target.matches("article[id^=m]")) desk.focused.value = target.id;
}

// When it was said, to the second, where a pointer rests on it.
function tellTime(event: MouseEvent, desk: Desk): void {
  const bubble = event.target instanceof Element && event.target.closest<HTMLElement>(".bubble");
  const message = bubble && !bubble.title && messageAt(event, desk);
  if (message) bubble.title = fullTime(timeOf(message));
}

/** Stays at the end where one is there, and fetches what is near. */
function useFollowing(desk: Desk, at: number | null) {
  const scroller = useRef<HTMLDivElement>(null);
  const roll = useMemo(() => new Roll<Row>(heightOf), [desk]);
  const isAtEnd = useRef(true);
  const isOpened = useRef(false);
  const [isAway, setIsAway] = useState(false);
  const rows = desk.rows.value;
  const newest = useRef("");
  const window = desk.timeline.window.value;
  const isReady = rows.length > 1 || !window.before;

  const toEnd = (): void => {
    isAtEnd.current = true;
    roll.show(desk.rows.value.length - 1, "end");
  };
  // Where the list knows it to be. To ask the page while it scrolls would have it laid out once more.
  const look = (): void => {
    const { offset, size, viewport } = roll;
    if (viewport === 0) return;
    const below = size - offset - viewport;
    if (offset < near * viewport) void desk.timeline.more("before");
    if (below < near * viewport) void desk.timeline.more("after");
    // On its way to where one begins to read nothing was seen.
    if (!isOpened.current || roll.goal) return;
    isAtEnd.current = below < end && !desk.timeline.window.value.after;
    setIsAway(!isAtEnd.current && (below > viewport || desk.timeline.window.value.after));
    read(desk, roll, isAtEnd.current);
  };
  roll.onFound = look;
  roll.onScroll = () => ((desk.isScrolling.value = true), look());
  roll.onStill = () => (desk.isScrolling.value = false);
  // Beside it something opens, a keyboard comes up, a bubble grows: the end stays the end. That it is larger now may
  // have been scrolled by before it was told.
  roll.onResize = () => {
    const below = roll.size - roll.offset - roll.viewport;
    if (isAtEnd.current || (below < end && !desk.timeline.window.value.after)) toEnd();
  };

  useLayoutEffect(() => {
    const last = rows.at(-1);
    const isMine = last?.type === "pending" && last.key !== newest.current;
    if ((isAtEnd.current || isMine) && !window.after) toEnd();
    newest.current = last?.key ?? "";
  }, [rows]);
  useEffect(() => {
    if (!isReady) return;
    isOpened.current = true;
    open(desk, roll, at, isAtEnd, toEnd);
  }, [isReady, at]);
  useEffect(() => whileLooking(look), [rows]);
  return { scroller, roll, isAway, toEnd };
}

// Looks now, and again whenever somebody comes back to the page.
function whileLooking(look: () => void): () => void {
  look();
  const again = (): void => look();
  addEventListener("focus", again);
  document.addEventListener("visibilitychange", again);
  return () => {
    removeEventListener("focus", again);
    document.removeEventListener("visibilitychange", again);
  };
}

// Where one begins to read: at the message that was asked for, at the line, or at the end.
function open(desk: Desk, roll: Roll<Row>, at: number | null, isAtEnd: { current: boolean }, toEnd: () => void): void {
  const scrollTo = (key: string, align: "center" | "start"): boolean => {
    const index = desk.rows.value.findIndex((row) => row.key === key);
    if (index < 0) return false;
    isAtEnd.current = false;
    roll.show(index, align, align === "start" ? -80 : 0);
    return true;
  };
  if (at !== null) {
    void desk.timeline.openAt(at).then(() =>
      requestAnimationFrame(() => {
        if (!scrollTo(`m${at}`, "center")) toEnd();
        desk.focused.value = `m${at}`;
        setTimeout(() => document.getElementById(`m${at}`)?.focus({ preventScroll: true }), 60);
      }),
    );
  } else if (!desk.line.value || !scrollTo("new", "start")) toEnd();
}

// What was on the screen of somebody who is looking is read.
function read(desk: Desk, roll: Roll<Row>, isAtEnd: boolean): void {
  const view = desk.view.value;
  if (!view || document.visibilityState !== "visible" || !document.hasFocus()) {
    const unread = view ? unreadCount(view.unread) : 0;
    if (view && unread > 0) desk.line.value = { after: view.unread.marks.read, count: unread };
    return;
  }
  if (isAtEnd) return readHere(desk.conversation, view.state.lastSeq);
  const row = desk.rows.value[roll.indexAt(roll.offset + roll.viewport - 40)];
  if (row?.type === "message") readHere(desk.conversation, row.message.seq);
}

function ToNewest({ desk, onClick }: { desk: Desk; onClick: () => void }) {
  const unread = desk.view.value ? unreadCount(desk.view.value.unread) : 0;
  return (
    <button
      type="button"
      class="to-newest"
      onClick={onClick}
      aria-label={`To the newest${unread ? `, ${unread} unread` : ""}`}
    >
      <Icon name="down" />
      {unread > 0 && <span class="count ember">{unread}</span>}
    </button>
  );
}
