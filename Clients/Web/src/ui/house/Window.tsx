import { knock, stepBack, walkIn } from "../../app/house/actions.js";
import { doors, lighting, type AtDoor } from "../../app/house/state.js";
import { me } from "../../app/state.js";
import { gameName, listed, nameOf, youOr } from "../../app/words.js";
import { strangers } from "../../views/house.js";
import { useEffect } from "preact/hooks";
import type { Card } from "../../wire/house.js";
import { announce } from "../announce.js";
import { Bust } from "../Face.js";
import { Icon } from "../Icon.js";
import { Curtains, Night, Scene } from "./drawings.js";
import { DoorNote } from "./DoorNote.js";

/** Those in front; who else is there stands behind them. */
const inFront = 4;

/** A room as it is seen from outside, and its door. */
export function Window({ card }: { card: Card }) {
  const { room, name, locked, mine } = card;
  const door = doorOf(card);
  const people = (card.occupants ?? []).map(({ person }) => person);
  const isShut = locked && !mine;
  useEffect(() => {
    if (door?.is === "knocking") announce(`Knocked at ${name}. Somebody may let you in.`);
  }, [door?.is]);
  return (
    <li class={isShut ? "window-card shut" : "window-card lit"}>
      <div class="pane">
        {isShut ? <Curtains /> : <Scene name={name} />}
        {people.length > inFront && <Sitters people={people.slice(inFront)} where="behind" />}
        {people.length > 0 && <Sitters people={people.slice(0, inFront)} where="front" />}
        {isShut && (
          <span class="note middle">
            <Icon name="lock" size={15} /> <span class="long">Who’s inside stays inside</span>
            <span class="short">Locked</span>
          </span>
        )}
      </div>
      <Notes card={card} />
      <div class="sill">
        <div>
          <h3>{name}</h3>
          <p>{door?.is === "knocking" ? "Somebody may let you in" : under(card)}</p>
        </div>
        <Door card={card} door={door} />
      </div>
      {door?.is === "refused" && <DoorNote room={room} card={card} refusal={door.refusal} />}
    </li>
  );
}

// Whoever knocked and finds it open by now need not wait.
function doorOf({ room, locked }: Card): AtDoor | undefined {
  const door = doors.value.get(room);
  return door?.is === "knocking" && !locked ? undefined : door;
}

const Sitters = ({ people, where }: { people: readonly string[]; where: string }) => (
  <span class={`sitters ${where} of-${people.length}`}>
    {people.map((person) => (
      <Bust key={person} person={person} />
    ))}
  </span>
);

function under({ locked, mine, full, occupants = [] }: Card): string {
  if (locked && !mine) return "Locked, curtains drawn";
  const people = occupants.map(({ person }) => person);
  const names = [...people.filter((one) => one === me.value), ...people.filter((one) => one !== me.value)].map((one) =>
    youOr(one),
  );
  const who = names.length > 0 ? listed(names, 4) : "Nobody just now";
  return `${who}${full ? " · full" : ""}${locked ? " · locked" : ""}`;
}

/** Who is new to one, and through whom they are there: said before one walks in. */
export const wordsOfNew = (card: Card): readonly string[] =>
  strangers(card).map(
    ({ person, via }) =>
      `${nameOf(person)} is new to you${via ? `: ${youOr(via)}’s friend`.replace("You’s", "your") : ""}`,
  );

/** What is played there, and who is new to one. */
function Notes({ card }: { card: Card }) {
  if (!card.game && strangers(card).length === 0) return null;
  return (
    <div class="notes">
      {card.game && (
        <span class="note played">
          <span aria-hidden="true">🎲</span> {gameName(card.game)}
        </span>
      )}
      <NewFaces card={card} />
    </div>
  );
}

function NewFaces({ card }: { card: Card }) {
  const words = wordsOfNew(card);
  const notes = words.map((text) => (
    <span key={text} class="note">
      <Icon name="info" size={15} /> {text}
    </span>
  ));
  // More than one would stand before the faces of those whom one knows.
  if (words.length < 2) return notes;
  return (
    <details class="new-faces">
      <summary class="note">
        <Icon name="info" size={15} />
        <span>
          {words.length} new faces
          <span class="who">: {listed(strangers(card).map(({ person }) => nameOf(person)))}</span>
        </span>
      </summary>
      {notes}
    </details>
  );
}

// What a window is to who does not see it: "Kitchen, unlocked: Mia, Tomás, Yuki. Trivia. Walk in."
function aloud(card: Card, does: string): string {
  const { name, locked, mine, full, game } = card;
  if (locked && !mine) return `${name}, locked. ${does}`;
  const who = (card.occupants ?? []).map(({ person }) => youOr(person)).join(", ");
  const news = [...(game ? [gameName(game)] : []), ...wordsOfNew(card)].map((text) => ` ${text}.`);
  return `${name}, ${locked ? "locked" : full ? "full" : "unlocked"}: ${who || "nobody"}.${news.join("")} ${does}`;
}

/** Walk in, knock, or wait: one button that is the whole window. */
function Door({ card, door }: { card: Card; door: AtDoor | undefined }) {
  const { room, mine, locked, full } = card;
  if (door?.is === "knocking")
    return (
      <button
        type="button"
        class="button outline door-of"
        data-door={room}
        aria-label={aloud(card, "Knocked. Take it back")}
        onClick={() => void stepBack(room)}
      >
        Knocked…
      </button>
    );
  const isGoing = door?.is === "going";
  const does = mine ? "Go in" : locked ? "Knock" : full ? "Full" : "Walk in";
  const go = (): void => void (locked && !mine ? knock(room) : walkIn(room));
  return (
    <button
      type="button"
      data-door={room}
      class={`button door-of ${mine || (!locked && !full) ? "lamp" : "outline"}`}
      aria-label={aloud(card, does)}
      aria-disabled={isGoing}
      onClick={go}
    >
      {isGoing ? "Going in…" : does}
    </button>
  );
}

/** A room that nobody is in: whoever lights it is the first. */
export const DarkWindow = ({ name, isKnown }: { name: string; isKnown: boolean }) => (
  <li class="window-card dark">
    <div class="pane">
      <Night />
    </div>
    <div class="sill">
      <div>
        <h3>{name}</h3>
        <p>{isKnown ? "Nobody here yet" : "\u00a0"}</p>
      </div>
      {isKnown && (
        <button
          type="button"
          class="button outline door-of"
          aria-label={`${name}, dark: nobody here yet. Light it`}
          onClick={() => (lighting.value = { name })}
        >
          Light it
        </button>
      )}
    </div>
  </li>
);
