import { seen, walkIn, wave } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { roomName } from "../../app/house/names.js";
import { doors, house, waved } from "../../app/house/state.js";
import { say } from "../../app/start.js";
import { nameOf } from "../../app/words.js";
import type { FriendIn, Wave } from "../../wire/house.js";
import { announce } from "../announce.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { DoorNote } from "./DoorNote.js";

/** Those who waved from where the hall does not show them: from a room, or before they went. */
export function Waves() {
  const { waves = [], friends = [], rooms = [] } = house.value ?? {};
  const inHall = (person: string): boolean =>
    friends.some((friend) => friend.person === person && friend.where === "hall");
  const others = waves.filter(({ by, room }) => room !== undefined || !inHall(by));
  if (others.length === 0) return null;
  return (
    <ul class="waves" aria-label="Waves">
      {others.map((one) => (
        <li key={one.by}>
          <WavePill wave={one} />
          {one.room && !rooms.some(({ room }) => room === one.room) && <Refused room={one.room} />}
        </li>
      ))}
    </ul>
  );
}

function Refused({ room }: { room: string }) {
  const door = doors.value.get(room);
  return door?.is === "refused" ? <DoorNote room={room} refusal={door.refusal} /> : null;
}

/** "Mia waves: come to Kitchen", and the way there. */
export function WavePill({ wave: { by, room, buzz } }: { wave: Wave }) {
  const name = nameOf(by);
  return (
    <span class={buzz ? "wave-pill buzz" : "wave-pill"}>
      <Face person={by} size={32} />
      <span>
        <b>{name}</b> {buzz ? "buzzes" : "waves"}
        {room ? `: come to ${roomName(room)}` : ""}
      </span>
      {room ? (
        <button
          type="button"
          class="button small lamp"
          aria-label={`Walk in to ${name}: ${roomName(room)}`}
          onClick={() => void (walkIn(room), seen())}
        >
          Walk in
        </button>
      ) : (
        <button type="button" class="button small action" onClick={() => void (waveAt(by), seen())}>
          Wave back
        </button>
      )}
      <button type="button" class="round" aria-label={`Not now, ${name}`} onClick={() => void seen()}>
        <Icon name="close" size={16} />
      </button>
    </span>
  );
}

const place = ({ where, room }: FriendIn): string => (where === "room" && room ? roomName(room) : "in the hall");

/** Who is in, as a row of faces: on a telephone, in the place of the hall. */
export function WhoIsIn() {
  const { friends = [], waves = [] } = house.value ?? {};
  if (friends.length === 0) return null;
  const waves_ = (person: string): boolean => waves.some(({ by }) => by === person);
  const sorted = [...friends].sort((a, b) => Number(waves_(b.person)) - Number(waves_(a.person)));
  return (
    <ul class="who-is-in" aria-label="Who is in">
      {sorted.map((friend) => (
        <li key={friend.person}>
          <span class="who-face">
            <Face person={friend.person} size={58} />
            <WaveAt person={friend.person} />
          </span>
          <b>{nameOf(friend.person)}</b>
          <small>{waves_(friend.person) ? "waves at you" : place(friend)}</small>
        </li>
      ))}
    </ul>
  );
}

// One too many is not sent: then it is said why, and until when.
async function waveAt(person: string, how = {}): Promise<void> {
  const answer = await wave(person, how);
  if ("refused" in answer) say(plain(answer.refused));
  else announce(`Waved at ${nameOf(person)}.`);
}

/** Waves at somebody; once that is done, buzzes. Who waved at one is waved back at. */
export function WaveAt({ person }: { person: string }) {
  const name = nameOf(person);
  const isAsked = house.value?.waves.some(({ by }) => by === person) ?? false;
  if (waved.value.has(person))
    return (
      <button
        type="button"
        class="wave-at done"
        aria-label={`Waved. Buzz ${name}`}
        title={`Buzz ${name}`}
        onClick={() => void waveAt(person, { buzz: true })}
      >
        🔔
      </button>
    );
  return (
    <button
      type="button"
      class={isAsked ? "wave-at back" : "wave-at"}
      aria-label={isAsked ? `Wave back at ${name}` : `Wave at ${name}`}
      onClick={() => void (waveAt(person), isAsked && seen())}
    >
      <span class="hand">👋</span>
      {isAsked && <span class="back-words"> Wave back</span>}
    </button>
  );
}
