import { useEffect, useRef, useState } from "preact/hooks";
import { reasonOf, wayOn } from "../../app/refusals.js";
import { route } from "../../app/route.js";
import { clearFilters, filterCount, filters, isSearching, results, search, searchOn } from "../../app/search.js";
import { link } from "../../app/state.js";
import { announce } from "../announce.js";
import { Icon } from "../Icon.js";
import { aside, searchWords } from "../panes.js";
import { Chips } from "./Chips.js";
import { Hit } from "./Hit.js";

const settled = 250;

/** Looks for what was said: words, by whom, whom it mentions, what it carries, when and where. */
export function Search() {
  const box = useRef<HTMLInputElement>(null);
  const { conversation } = route.value;
  const where = filters.value.isHere ? conversation : null;
  const words = searchWords.value;
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => void search(words, where), settled);
    return () => clearTimeout(timer);
  }, [words, where, filters.value]);
  const close = (): void => {
    aside.value = null;
    document.getElementById("composer")?.focus();
  };
  return (
    <aside
      class="aside search"
      aria-label="Search"
      onKeyDown={(event) => event.key === "Escape" && (event.stopPropagation(), event.preventDefault(), close())}
    >
      <header>
        <h2>Search</h2>
        <button type="button" class="round" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <form role="search" class="search-form" onSubmit={(event) => (event.preventDefault(), void search(words, where))}>
        <label class="search-box">
          <Icon name="search" size={18} />
          <input
            ref={box}
            type="search"
            value={words}
            placeholder="Words that were said"
            aria-label="Words that were said"
            autocomplete="off"
            onInput={(event) => (searchWords.value = event.currentTarget.value)}
          />
        </label>
        <Chips conversation={conversation} />
      </form>
      <Hits where={where} />
    </aside>
  );
}

function Hits({ where }: { where: string | null }) {
  const held = results.value;
  const count = held?.found.length ?? 0;
  useEffect(() => {
    if (held && !isSearching.value)
      announce(count === 0 ? "Nothing found" : `${count} found${held.cursor ? ", and more" : ""}`);
  }, [held]);
  if (!held) return isSearching.value ? <Waiting /> : <Empty />;
  return (
    <div class="hits" aria-busy={isSearching.value}>
      {held.refusal && <Refused where={where} />}
      {!held.refusal && count === 0 && (isSearching.value ? <Waiting /> : <Nothing where={where} />)}
      <ol>
        {held.found.map((one) => (
          <li key={`${one.conversation} ${one.message.seq}`}>
            <Hit found={one} words={held.words} isHere={where !== null} />
          </li>
        ))}
      </ol>
      {held.cursor && <More where={where} count={count} />}
      {!held.cursor && count > 0 && <p class="hint">That is all that was found.</p>}
    </div>
  );
}

const Empty = () => (
  <p class="nothing">Write a word that was said, or choose whom it came from. What you find opens where it was said.</p>
);

/** Nothing was found: what may be done about it. */
const Nothing = ({ where }: { where: string | null }) => (
  <div class="nothing">
    <p>Nothing was said with all of this{where ? " here" : ""}. Words are found whole: try fewer of them.</p>
    {filterCount.value > 0 && (
      <button type="button" class="button quiet" onClick={clearFilters}>
        Without the filters
      </button>
    )}
    {where && (
      <button type="button" class="button quiet" onClick={() => (filters.value = { ...filters.value, isHere: false })}>
        Look everywhere
      </button>
    )}
  </div>
);

function Refused({ where }: { where: string | null }) {
  const refusal = results.value?.refusal;
  if (!refusal) return null;
  return (
    <div class="nothing" role="alert">
      <p>
        {link.value === "lost"
          ? "You're offline. Searching needs the house."
          : `Not searched: ${reasonOf(refusal)}. ${wayOn(refusal, where ?? "-")}`}
      </p>
      <button type="button" class="button quiet" onClick={() => void search(searchWords.value, where)}>
        Try again
      </button>
    </div>
  );
}

/** Comes by itself when it is scrolled to; by hand where nothing scrolls. */
function More({ where, count }: { where: string | null; count: number }) {
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void searchOn(where);
    });
    if (end.current) seen.observe(end.current);
    return () => seen.disconnect();
  }, [where, count]);
  return (
    <button ref={end} type="button" class="button quiet more" onClick={() => void searchOn(where)}>
      {isSearching.value ? "Looking further…" : "Look further"}
    </button>
  );
}

/** The shape of what comes, and only where it takes its time. */
function Waiting() {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div class="hits" role="status" aria-label="Looking">
      {[0, 1, 2].map((n) => (
        <div key={n} class="row-skeleton">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
