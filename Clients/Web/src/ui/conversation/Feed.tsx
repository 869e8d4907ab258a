import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { readHere } from "../../app/start.js";
import { me, receipts } from "../../app/state.js";
import { unreadCount } from "../../views/entry.js";
import type { Row } from "../../views/rows.js";
import { Icon } from "../Icon.js";
import type { Desk } from "./desk.js";
import { FeedRow } from "./FeedRow.js";
import { feedKeys } from "./feedKeys.js";
import { readersAt } from "./readers.js";

/** How many screens from an edge more is fetched, and how near the end, in pixels, counts as the end. */
const near = 5;
const end = 48;

export function Feed({ desk, at }: { desk: Desk; at: number | null }) {
  const rows = desk.rows.value;
  const { first, last } = edges(rows);
  const { scroller, list, shift, isAway, toEnd, look, stay } = useFollowing(desk, at, first, last);
  const readers = useMemo(
    () => readersAt(desk.messages.value, receipts.value.get(desk.conversation), me.value),
    [desk.messages.value, receipts.value.get(desk.conversation)],
  );
  const focusedIndex = rows.findIndex((row) => row.key === desk.focused.value);
  const stop = focusedIndex >= 0 ? rows[focusedIndex]?.key : last;

  const focus = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    desk.focused.value = row.key;
    list.current?.scrollToIndex(index, { align: "nearest" });
    requestAnimationFrame(() => document.getElementById(row.key)?.focus({ preventScroll: true }));
  };

  return (
    <div class="feed-place">
      <div
        ref={scroller}
        class="feed"
        role="feed"
        aria-label="Messages"
        aria-busy={desk.timeline.isLoading}
        onKeyDown={(event) => feedKeys(event, desk, focus)}
      >
        <div class="feed-fill" />
        <Virtualizer
          ref={list}
          data={rows}
          shift={shift}
          bufferSize={500}
          keepMounted={focusedIndex >= 0 ? [focusedIndex] : []}
          onScroll={() => ((desk.isScrolling.value = true), look())}
          onScrollEnd={() => (desk.isScrolling.value = false)}
          onResize={stay}
        >
          {(row) => <FeedRow key={row.key} row={row} desk={desk} isFocusable={row.key === stop} readers={readers} />}
        </Virtualizer>
      </div>
      {isAway && <ToNewest desk={desk} onClick={() => (desk.timeline.toEnd(), requestAnimationFrame(toEnd))} />}
    </div>
  );
}

/** Stays at the end where one is there, keeps the place where one is not, and fetches what is near. */
function useFollowing(desk: Desk, at: number | null, first: string, last: string) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const isAtEnd = useRef(true);
  const [isAway, setIsAway] = useState(false);
  const rows = desk.rows.value;
  const shown = useRef({ rows, first: "", last: "" });
  const window = desk.timeline.window.value;
  // Only a list that changed at its start, and there alone, keeps its place from the end.
  const shift = first !== shown.current.first && last === shown.current.last && window.grew !== "anew";
  const isReady = rows.length > 1 || !window.before;

  const toEnd = (): void => {
    isAtEnd.current = true;
    list.current?.scrollToIndex(desk.rows.value.length - 1, { align: "end" });
    // What is drawn for the first time turns out higher or lower than was thought.
    requestAnimationFrame(() => {
      if (isAtEnd.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
    });
  };
  // Where the list knows it to be. To ask the page while it scrolls would have it laid out once more.
  const look = (): void => {
    const { scrollOffset = 0, scrollSize = 0, viewportSize = 0 } = list.current ?? {};
    if (viewportSize === 0) return;
    const below = scrollSize - scrollOffset - viewportSize;
    isAtEnd.current = below < end && !desk.timeline.window.value.after;
    setIsAway(!isAtEnd.current && (below > viewportSize || desk.timeline.window.value.after));
    if (scrollOffset < near * viewportSize) void desk.timeline.more("before");
    if (below < near * viewportSize) void desk.timeline.more("after");
    read(desk, list.current, isAtEnd.current);
  };

  useLayoutEffect(() => {
    const isMine = rows.at(-1)?.type === "pending" && rows.at(-1)?.key !== shown.current.rows.at(-1)?.key;
    if ((isAtEnd.current || isMine) && !window.after) toEnd();
    shown.current = { rows, first, last };
  }, [rows]);
  useEffect(() => {
    if (isReady) open(desk, list.current, at, isAtEnd, toEnd);
  }, [isReady, at]);
  useEffect(() => whileLooking(look), [rows]);
  // Beside it something opens, or a keyboard comes up: the end stays the end.
  const stay = (): void => void (isAtEnd.current && toEnd());
  useEffect(() => {
    const sizes = new ResizeObserver(stay);
    if (scroller.current) sizes.observe(scroller.current);
    return () => sizes.disconnect();
  }, [desk]);
  return { scroller, list, shift, isAway, toEnd, look, stay };
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

function edges(rows: readonly Row[]): { first: string; last: string } {
  const isMessage = (row: Row): boolean => row.type === "message";
  return { first: rows.find(isMessage)?.key ?? "", last: rows.findLast(isMessage)?.key ?? "" };
}

// Where one begins to read: at the message that was asked for, at the line, or at the end.
function open(
  desk: Desk,
  list: VirtualizerHandle | null,
  at: number | null,
  isAtEnd: { current: boolean },
  toEnd: () => void,
): void {
  const scrollTo = (key: string, align: "center" | "start"): boolean => {
    const index = desk.rows.value.findIndex((row) => row.key === key);
    if (index < 0) return false;
    isAtEnd.current = false;
    list?.scrollToIndex(index, { align, offset: align === "start" ? -80 : 0 });
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
function read(desk: Desk, list: VirtualizerHandle | null, isAtEnd: boolean): void {
  const view = desk.view.value;
  if (!view || document.visibilityState !== "visible" || !document.hasFocus()) {
    const unread = view ? unreadCount(view.unread) : 0;
    if (view && unread > 0) desk.line.value = { after: view.unread.marks.read, count: unread };
    return;
  }
  if (isAtEnd) return readHere(desk.conversation, view.state.lastSeq);
  const row = list && desk.rows.value[list.findItemIndex(list.scrollOffset + list.viewportSize - 40)];
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
