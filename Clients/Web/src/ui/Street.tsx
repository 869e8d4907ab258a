import { useState } from "preact/hooks";
import { presence } from "../app/house/state.js";
import { go } from "../app/route.js";
import { link, me } from "../app/state.js";
import { nameOf } from "../app/words.js";
import { Face } from "./Face.js";
import { Icon } from "./Icon.js";
import { inRooms, together } from "./lazy.js";
import { Logo } from "./Logo.js";
import { toggleAside } from "./panes.js";

const StreetWindows = together(async () => (await import("./house/parts.js")).StreetWindows);
const Presence = inRooms(async () => (await import("./house/dialogs.js")).Presence);

const words = { in: "You're in", sneak: "Sneaked in", out: "Sneaked out" } as const;

/** The house, as small as a street: it stays beside every conversation. */
export function Street() {
  const [isChoosing, setIsChoosing] = useState(false);
  const isLost = link.value === "lost";
  const how = presence.value;
  return (
    <>
      <header class="street">
        <button type="button" class="home" onClick={() => go({ place: "house" })} aria-label="Chat, to the house">
          <Logo />
          <span>chat</span>
        </button>
        <nav class="windows" aria-label="House">
          <StreetWindows />
        </nav>
        <button type="button" class="pill find" onClick={() => toggleAside("search")} aria-label="Search">
          <Icon name="search" size={18} />
          <kbd>/</kbd>
        </button>
        <button type="button" class="pill state" aria-haspopup="dialog" onClick={() => setIsChoosing(true)}>
          <span class={isLost || how !== "in" ? "dot" : "dot in"} />
          {isLost ? "Offline" : words[how]}
          <Icon name="down" size={14} />
        </button>
        <button type="button" class="self" onClick={() => go({ place: "you" })} aria-label={`You, ${nameOf(me.value)}`}>
          <Face person={me.value} size={40} />
        </button>
      </header>
      {isChoosing && <Presence onClose={() => setIsChoosing(false)} />}
    </>
  );
}
