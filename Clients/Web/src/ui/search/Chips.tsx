import { useState } from "preact/hooks";
import { known } from "../../app/people.js";
import { filters, setFilter } from "../../app/search.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { Icon } from "../Icon.js";

const carrying = [
  ["picture", "With a picture"],
  ["file", "With a file"],
] as const;

type Asked = "author" | "mention" | "after" | "before";

const dayOf = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** The filters: each a chip that asks for what it needs, and says what it is when it is set. */
export function Chips({ conversation }: { conversation: string | null }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { author, mention, after, before, has, isHere } = filters.value;
  const toggle = (name: Asked) => () => setAsked(asked === name ? null : name);
  const day = (date: string): string => dayOf.format(new Date(`${date}T00:00`));
  return (
    <>
      <div class="chips" role="group" aria-label="Only what is">
        {conversation && (
          <button type="button" class="chip" aria-pressed={isHere} onClick={() => setFilter({ isHere: !isHere })}>
            In this conversation
          </button>
        )}
        <Chip
          name="From"
          value={author && nameOf(author)}
          isOpen={asked === "author"}
          onOpen={toggle("author")}
          onClear={() => setFilter({ author: null })}
        />
        {mention === null && (
          <button type="button" class="chip" onClick={() => setFilter({ mention: me.value })}>
            Mentions me
          </button>
        )}
        <Chip
          name="Mentions"
          value={mention && (mention === me.value ? "me" : nameOf(mention))}
          isOpen={asked === "mention"}
          onOpen={toggle("mention")}
          onClear={() => setFilter({ mention: null })}
        />
        {carrying.map(([sort, name]) => (
          <button
            key={sort}
            type="button"
            class="chip"
            aria-pressed={has === sort}
            onClick={() => setFilter({ has: has === sort ? null : sort })}
          >
            {name}
          </button>
        ))}
        <Chip
          name="From the"
          value={after && day(after)}
          isOpen={asked === "after"}
          onOpen={toggle("after")}
          onClear={() => setFilter({ after: "" })}
        />
        <Chip
          name="Up to the"
          value={before && day(before)}
          isOpen={asked === "before"}
          onOpen={toggle("before")}
          onClear={() => setFilter({ before: "" })}
        />
      </div>
      {asked && <Question asked={asked} onAnswered={() => setAsked(null)} />}
    </>
  );
}

interface QuestionProps {
  asked: Asked;
  onAnswered: () => void;
}

/** What a chip asks for: a person, or a day. A person is answered at once; a day can still be typed on. */
const Question = ({ asked, onAnswered }: QuestionProps) =>
  asked === "author" || asked === "mention" ? (
    <label class="field">
      <span>{asked === "author" ? "Who said it" : "Whom it mentions"}</span>
      <select
        autoFocus
        value={filters.value[asked] ?? ""}
        onChange={(event) => (setFilter({ [asked]: event.currentTarget.value || null }), onAnswered())}
      >
        <option value="">Anybody</option>
        <option value={me.value}>You</option>
        {known.value.map(({ person, name }) => (
          <option key={person} value={person}>
            {name}
          </option>
        ))}
      </select>
    </label>
  ) : (
    <label class="field">
      <span>{asked === "after" ? "The first day" : "The last day"}</span>
      <input
        type="date"
        autoFocus
        value={filters.value[asked]}
        onChange={(event) => setFilter({ [asked]: event.currentTarget.value })}
      />
    </label>
  );

interface ChipProps {
  name: string;
  value: string | null;
  isOpen: boolean;
  onOpen: () => void;
  onClear: () => void;
}

/** Unset it opens what it asks for; set it says so, and is taken off by the same press. */
const Chip = ({ name, value, isOpen, onOpen, onClear }: ChipProps) =>
  value ? (
    <button
      type="button"
      class="chip"
      aria-pressed={true}
      aria-label={`${name} ${value}: take it off`}
      onClick={onClear}
    >
      {name} {value} <Icon name="close" size={13} />
    </button>
  ) : (
    <button type="button" class="chip" aria-expanded={isOpen} onClick={onOpen}>
      {name}…
    </button>
  );
