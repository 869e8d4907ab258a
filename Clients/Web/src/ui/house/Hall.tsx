import { keeper } from "../../app/house/house.js";
import { house, presence } from "../../app/house/state.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { hallOf } from "../../views/house.js";
import { Bust } from "../Face.js";
import { Door } from "./drawings.js";
import { WaveAt } from "./Waves.js";

/** Whoever is in, and in no room; oneself among them. */
export function Hall() {
  const { value } = house;
  const people = value ? hallOf(value) : [];
  const isHere = value !== null && !value.me.room;
  const isOut = presence.value === "out";
  return (
    <section class="hall" aria-label="In the hall">
      <Door />
      <h2>In the hall</h2>
      <ul class="standers">
        {isHere && !isOut && (
          <li class="stander">
            <Bust person={me.value} />
            <span class="tag">{presence.value === "sneak" ? "You, unseen" : "You"}</span>
          </li>
        )}
        {people.map((person) => (
          <li key={person} class="stander">
            <Bust person={person} />
            <span class="tag">{nameOf(person)}</span>
            <WaveAt person={person} />
          </li>
        ))}
        {isOut && <li class="hall-words">You sneaked out. Nobody can walk to you.</li>}
        {people.length === 0 && isHere && !isOut && (
          <li class="hall-words">Nobody else stands here. Whoever comes in does, until they walk into a room.</li>
        )}
      </ul>
      <button type="button" class="button outline sneak" onClick={() => void keeper()?.be(isOut ? "in" : "out")}>
        {isOut ? "Come in" : "Sneak out"}
      </button>
    </section>
  );
}
