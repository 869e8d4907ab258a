import { useEffect, useState } from "preact/hooks";
import { keeper } from "../../app/house/house.js";
import { house, room } from "../../app/house/state.js";
import { go } from "../../app/route.js";
import { link, me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import type { RoomView } from "../../wire/house.js";
import { useArrival } from "../focus.js";
import { Icon } from "../Icon.js";
import { Knocks } from "../house/Knocks.js";
import { DarkWindow, Window } from "../house/Window.js";
import { ForWhom } from "./ForWhom.js";
import { Dock } from "./Dock.js";
import { Keep } from "./Keep.js";
import { readAloud } from "./aloud.js";
import { Table } from "./Table.js";
import { Talk } from "./Talk.js";

export function Room({ id }: { id: string }) {
  const view = room.value;
  useEffect(() => {
    if (room.value?.room !== id && link.value === "open") void keeper()?.look(id);
  }, [id, link.value]);
  return view?.room === id ? <Inside view={view} /> : <Outside id={id} />;
}

function Inside({ view }: { view: RoomView }) {
  const heading = useArrival();
  const [isAsking, setIsAsking] = useState(false);
  useEffect(() => readAloud(view.room), [view.room]);
  return (
    <section class="inside" aria-label={view.name}>
      <header class="room-bar">
        <button type="button" class="pill" onClick={() => go({ place: "house" })}>
          <Icon name="back" size={18} /> <span class="in-words">The house</span>
        </button>
        <h1 id="room-name" ref={heading} tabIndex={-1}>
          {view.name}
        </h1>
        <span class="pill how">
          {view.locked_by !== undefined && <Icon name="lock" size={16} />}
          <span class="wide">{howItIs(view)} ·</span> {view.occupants.length} of {view.capacity}
        </span>
        {view.keeper === me.value && (
          <button
            type="button"
            class="pill"
            aria-label="Who may come"
            aria-haspopup="dialog"
            onClick={() => setIsAsking(true)}
          >
            <Icon name="people" size={17} />
            <span class="wide">{view.guests?.length ? `Guests (${view.guests.length})` : "Who may come"}</span>
          </button>
        )}
        <Keep view={view} />
        <Knocks view={view} />
      </header>
      {isAsking && <ForWhom view={view} onClose={() => setIsAsking(false)} />}
      <Table view={view} />
      <Dock view={view} />
      <Talk view={view} />
    </section>
  );
}

const howItIs = ({ locked_by, guests = [] }: RoomView): string =>
  locked_by === undefined
    ? guests.length > 0
      ? "For guests"
      : "Unlocked"
    : `Locked by ${locked_by === me.value ? "you" : nameOf(locked_by)}`;

/** Its door, for who comes by an address and is not inside. */
function Outside({ id }: { id: string }) {
  const card = house.value?.rooms.find((one) => one.room === id);
  if (!house.value) return <section class="outside" aria-label="A room" />;
  return (
    <section class="outside" aria-label={card?.name ?? "A room"}>
      <button type="button" class="button quiet" onClick={() => go({ place: "house" })}>
        To the house
      </button>
      <h1>{card?.name ?? "Nobody is here"}</h1>
      <h2 class="sr-only">Rooms</h2>
      <ul>{card ? <Window card={card} /> : <DarkWindow name="Spare room" isKnown />}</ul>
      {!card && <p>That room is dark, or not open to you. You can light one yourself.</p>}
    </section>
  );
}
