import { knock, seen, walkIn } from "../../app/house/actions.js";
import { roomName } from "../../app/house/names.js";
import { doors, house, room } from "../../app/house/state.js";
import { go, route } from "../../app/route.js";
import { counted, gameName, nameOf, youOr } from "../../app/words.js";
import { hallOf, lined } from "../../views/house.js";
import type { Card, Wave } from "../../wire/house.js";
import { Bust, Face } from "../Face.js";
import { wordsOfNew } from "./Window.js";
import { Scene } from "./drawings.js";
import { DoorNote } from "./DoorNote.js";
import { Knocks } from "./Knocks.js";

/** More of them do not fit beside each other. */
const chips = 4;

/** The house as small as a street: a window for each lit room, and the hall. */
export function StreetWindows() {
  const isElsewhere = route.value.place !== "house" || route.value.conversation !== null;
  const { rooms = [], waves = [] } = house.value ?? {};
  if (!isElsewhere) return null;
  const hall = house.value ? hallOf(house.value) : [];
  const wave = waves.findLast(({ room }) => room !== undefined);
  const refused = rooms.find((card) => doors.value.get(card.room)?.is === "refused");
  const door = refused && doors.value.get(refused.room);
  return (
    <>
      {wave?.room && <Call wave={wave} room={wave.room} />}
      {lined(rooms)
        .slice(0, wave ? chips - 1 : chips)
        .map((card) => (
          <Chip key={card.room} card={card} />
        ))}
      <button type="button" class="window" onClick={() => go({ place: "house" })}>
        {hall.length > 0 ? (
          <span class="stack" aria-hidden="true">
            {hall.slice(0, 3).map((person) => (
              <Face key={person} person={person} size={30} />
            ))}
          </span>
        ) : (
          <span class="pane-dark" aria-hidden="true" />
        )}
        <span>
          <b>{rooms.length === 0 && hall.length === 0 ? "The house" : "Hall"}</b>
          <small>
            {hall.length > 0 ? `${hall.length} here` : rooms.length === 0 ? "no room is lit" : "nobody here"}
            {rooms.length > chips && `, ${counted(rooms.length - chips, "more room", "more rooms")}`}
          </small>
        </span>
      </button>
      <div class="under-street">
        {room.value && <Knocks view={room.value} />}
        {refused && door?.is === "refused" && <DoorNote room={refused.room} card={refused} refusal={door.refusal} />}
      </div>
    </>
  );
}

/** Somebody asks one to come to them. */
function Call({ wave: { by, buzz }, room }: { wave: Wave; room: string }) {
  return (
    <button type="button" class="window calls" onClick={() => void (walkIn(room), seen())}>
      <Face person={by} size={30} />
      <span>
        <b>
          {nameOf(by)} {buzz ? "buzzes" : "waves"}
        </b>
        <small>{roomName(room)} · walk in</small>
      </span>
    </button>
  );
}

function Chip({ card }: { card: Card }) {
  const { room, name, locked, mine, game } = card;
  const people = (card.occupants ?? []).map(({ person }) => person);
  const isShut = locked && !mine;
  const door = doors.value.get(room);
  const does = mine ? "Go in" : isShut ? "Knock" : "Walk in";
  const names = people
    .slice(0, 2)
    .map((person) => youOr(person))
    .join(", ");
  const news = wordsOfNew(card)
    .map((text) => ` ${text}.`)
    .join("");
  const played = game && !mine ? `${gameName(game).toLowerCase()} · walk in` : "";
  const under =
    door?.is === "knocking" ? "knocked…" : isShut ? "locked · knock" : mine ? "you’re inside" : played || names;
  return (
    <button
      type="button"
      class={mine ? "window mine" : "window"}
      title={news || undefined}
      onClick={() => void (isShut ? knock(room) : walkIn(room))}
    >
      <span class={isShut ? "pane-small shut" : "pane-small"} aria-hidden="true">
        {!isShut && <Scene name={name} />}
        <span class="sitters">
          {people.slice(0, 3).map((person) => (
            <Bust key={person} person={person} />
          ))}
        </span>
      </span>
      <span>
        <b>{name}</b>
        <small>
          {under}
          {!isShut && !mine && !played && people.length > 2 && ` +${people.length - 2}`}
          <span class="sr-only">
            .{played && ` ${names}.`}
            {news} {does}
          </span>
        </small>
      </span>
    </button>
  );
}
