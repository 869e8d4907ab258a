import { go } from "../../app/route.js";
import { roleName } from "../../app/permits.js";
import { bonds } from "../../app/friends.js";
import { house, lighting } from "../../app/house/state.js";
import { me } from "../../app/state.js";
import { counted, listed, nameOf, otherOf, titleOf } from "../../app/words.js";
import { entryOf, standingOf, type ConversationView } from "../../views/entry.js";
import { roleOf } from "../../views/powers.js";
import { ConversationFace } from "../ConversationFace.js";
import { Icon } from "../Icon.js";
import { inCalls } from "../lazy.js";
import { aside, toggleAside } from "../panes.js";
import { Waiting } from "../reports/Waiting.js";
import type { Desk } from "./desk.js";

const CallButtons = inCalls(async () => (await import("../calls/parts.js")).CallButtons);

interface Props {
  desk: Desk;
  view: ConversationView;
  /** Reports that wait for oneself. */
  waiting: number;
}

export function Header({ view, waiting }: Props) {
  const entry = entryOf(view);
  if (!entry) return null;
  return (
    <header class="talk-header">
      <button type="button" class="round back" aria-label="Back to the talks" onClick={() => go({ place: "talks" })}>
        <Icon name="back" />
      </button>
      <ConversationFace entry={entry} size={44} />
      <div>
        <h1>{titleOf(entry)}</h1>
        <p>{under(view)}</p>
      </div>
      {isWithFriend(view) && <CallButtons other={otherOf(view)} />}
      {view.state.members.has(me.value) && (
        <button
          type="button"
          class="button lamp open-room"
          aria-label={`Open a room for ${titleOf(entry)}`}
          onClick={() => (lighting.value = { name: titleOf(entry).slice(0, 40), guests: guestsOf(view) })}
        >
          <Icon name="door" size={18} /> <span>Open a room</span>
        </button>
      )}
      <button
        type="button"
        class="round"
        aria-label="Search here"
        aria-expanded={aside.value === "search"}
        onClick={() => toggleAside("search")}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        class="round counted"
        aria-label={`People and settings${waiting ? `, ${counted(waiting, "report waits", "reports wait")}` : ""}`}
        aria-expanded={aside.value === "people"}
        onClick={() => toggleAside("people")}
      >
        <Icon name="people" />
        <Waiting count={waiting} />
      </button>
    </header>
  );
}

const isWithFriend = (view: ConversationView): boolean =>
  view.state.kind === "direct" && bonds.value.get(otherOf(view))?.state === "friend";

// For those of the talk who are friends; where nobody is, for all friends.
const guestsOf = ({ state }: ConversationView): readonly string[] =>
  [...state.members.keys()].filter((person) => bonds.value.get(person)?.state === "friend").slice(0, 32);

function under(view: ConversationView): string {
  const { state } = view;
  if (standingOf(view) === "invited") return "You were asked in";
  const topic = state.topic ? ` · ${state.topic}` : "";
  if (state.kind === "direct") return `The two of you${topic}`;
  const here = house.value?.friends.filter(({ person }) => state.members.has(person)).length ?? 0;
  const people = `${counted(state.memberCount, "person", "people")}${here > 0 ? `, ${here} in the house` : ""}`;
  const mine = roleOf(state, me.value);
  const isOwner = state.members.get(me.value)?.role === "owner";
  const role = isOwner ? " · you own it" : mine ? ` · your role: ${roleName(state, mine)}` : "";
  if (state.kind === "channel") return `Channel, ${people}${topic || role}`;
  const others = [...state.members.keys()].filter((person) => person !== me.value);
  return `${people}${
    topic ||
    ` · ${
      listed(
        others.map((person) => nameOf(person)),
        3,
      ) || nameOf(otherOf(view))
    }`
  }`;
}
