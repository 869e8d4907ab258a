import { go, route } from "../app/route.js";
import { link, me } from "../app/state.js";
import { nameOf } from "../app/words.js";
import { Face } from "./Face.js";
import { Icon } from "./Icon.js";
import { Logo } from "./Logo.js";
import { toggleAside } from "./panes.js";

/** The house, as small as a street: it stays beside every conversation. */
export function Street() {
  const isIn = link.value !== "lost";
  return (
    <header class="street">
      <button type="button" class="home" onClick={() => go({ place: "house" })} aria-label="Chat, to the house">
        <Logo />
        <span>chat</span>
      </button>
      <nav class="windows" aria-label="House">
        {route.value.conversation && (
          <button type="button" class="window" onClick={() => go({ place: "house" })}>
            <span class="pane-dark" aria-hidden="true" />
            <span>
              <b>The house</b>
              <small>no room is lit</small>
            </span>
          </button>
        )}
      </nav>
      <button type="button" class="pill find" onClick={() => toggleAside("search")} aria-label="Search">
        <Icon name="search" size={18} />
        <kbd>/</kbd>
      </button>
      <span class="pill state">
        <span class={isIn ? "dot in" : "dot"} />
        {isIn ? "You're in" : "Offline"}
      </span>
      <button type="button" class="self" onClick={() => go({ place: "you" })} aria-label={`You, ${nameOf(me.value)}`}>
        <Face person={me.value} size={40} />
      </button>
    </header>
  );
}
