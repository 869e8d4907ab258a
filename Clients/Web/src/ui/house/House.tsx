import { useState } from "preact/hooks";
import { whoIsIn } from "../../app/house/names.js";
import { house, lighting } from "../../app/house/state.js";
import { me } from "../../app/state.js";
import { greeting } from "../../app/times.js";
import { nameOf } from "../../app/words.js";
import { freeNames, lined } from "../../views/house.js";
import { useArrival } from "../focus.js";
import { Chimney, Garden, Roof } from "./drawings.js";
import { Hall } from "./Hall.js";
import { Waves, WhoIsIn } from "./Waves.js";
import { DarkWindow, Window } from "./Window.js";

/** How many windows a house has; the rooms beyond that are shown for the asking. */
const windows = 6;

/** Lit windows are rooms with friends in them, drawn curtains are locked, and the hall has whoever is in no room. */
export function House() {
  const { rooms = [], friends = [] } = house.value ?? {};
  const heading = useArrival();
  const [isAll, setIsAll] = useState(false);
  const cards = lined(rooms);
  const shown = isAll ? cards : cards.slice(0, windows);
  const dark = windows > shown.length ? freeNames(cards).slice(shown.length - windows) : [];
  return (
    <section class="house" aria-label="House">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {greeting()}, {nameOf(me.value)}
        </h1>
        <p>{house.value ? whoIsIn(friends.length, rooms.length) : "\u00a0"}</p>
        <Waves />
      </header>
      <WhoIsIn />
      <div class="building">
        <Chimney />
        <Roof />
        <div class="floor">
          <h2 class="sr-only">Rooms</h2>
          <ul>
            {shown.map((card) => (
              <Window key={card.room} card={card} />
            ))}
            {dark.map((name) => (
              <DarkWindow key={name} name={name} isKnown={house.value !== null} />
            ))}
          </ul>
          {(cards.length > windows || dark.length === 0) && (
            <p class="all-rooms">
              {cards.length > windows && (
                <button type="button" class="button outline" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
                  {isAll ? "The first six" : `All rooms (${cards.length})`}
                </button>
              )}
              <button
                type="button"
                class="button outline"
                onClick={() => (lighting.value = { name: freeNames(cards)[0] ?? "" })}
              >
                Light a room
              </button>
            </p>
          )}
        </div>
        <Hall />
        <Garden />
      </div>
    </section>
  );
}
