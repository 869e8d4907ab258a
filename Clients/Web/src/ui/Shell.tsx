import { useEffect } from "preact/hooks";
import { lighting } from "../app/house/state.js";
import { headline, line } from "../app/line.js";
import { go, route } from "../app/route.js";
import { unreadTotal } from "../app/state.js";
import { Banner } from "./Banner.js";
import { Conversations } from "./Conversations.js";
import { dialog } from "./dialogs.js";
import { Icon, type IconName } from "./Icon.js";
import { startKeys } from "./keys.js";
import { inCalls, inRooms, later, together } from "./lazy.js";
import { aside } from "./panes.js";
import { Street } from "./Street.js";
import type { Place } from "../app/route.js";

const House = together(async () => (await import("./house/parts.js")).House);
const Room = inRooms(async () => (await import("./room/Room.js")).Room);
const Conversation = later(async () => (await import("./conversation/Conversation.js")).Conversation);
const You = later(async () => (await import("./You.js")).You);
const People = later(async () => (await import("./People.js")).People);
const Search = later(async () => (await import("./search/Search.js")).Search);
const Light = inRooms(async () => (await import("./house/dialogs.js")).Light);
const Calls = inCalls(async () => (await import("./calls/parts.js")).Calls);
const Dialogs = later(async () => (await import("./dialogs/Dialogs.js")).Dialogs);

export function Shell() {
  const { place, conversation, at, coming, room } = route.value;
  useEffect(startKeys, []);
  useEffect(() => {
    const { value } = unreadTotal;
    document.title = headline.value || (value > 0 ? `(${value}) Chat` : "Chat");
  }, [unreadTotal.value, headline.value]);
  return (
    <div class={`shell at-${conversation ? "conversation" : room ? "room" : place}`}>
      <a class="skip" href="#main" onClick={skip}>
        To the conversation
      </a>
      {!room && <Street />}
      <Banner />
      <div class="panes">
        {!room && <Conversations />}
        <main id="main" class="main" tabIndex={-1} aria-label={conversation ? "Conversation" : room ? "Room" : "House"}>
          {conversation ? (
            <Conversation key={conversation} conversation={conversation} at={at} />
          ) : room ? (
            <Room key={room} id={room} />
          ) : place === "you" ? (
            <You />
          ) : place === "people" ? (
            <People />
          ) : (
            <House />
          )}
        </main>
        {aside.value === "search" && <Search />}
      </div>
      {!conversation && !room && <Tabs place={place} />}
      {(dialog.value || coming) && <Dialogs />}
      {line.value && <Calls />}
      {lighting.value && <Light from={lighting.value} />}
    </div>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

const tabs: readonly (readonly [Place, string, IconName])[] = [
  ["house", "House", "house"],
  ["talks", "Talks", "talk"],
  ["people", "People", "people"],
  ["you", "You", "person"],
];

const Tabs = ({ place }: { place: Place }) => (
  <nav class="tabs" aria-label="Places">
    {tabs.map(([to, name, icon]) => (
      <button key={to} type="button" aria-current={place === to ? "page" : undefined} onClick={() => go({ place: to })}>
        <span class="tab-icon">
          <Icon name={icon} size={22} />
          {to === "talks" && unreadTotal.value > 0 && (
            <span class="count ember">
              {unreadTotal.value}
              <span class="sr-only"> unread</span>
            </span>
          )}
        </span>
        {name}
      </button>
    ))}
  </nav>
);
