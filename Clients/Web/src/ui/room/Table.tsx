import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { inRoom } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { isGameOn } from "../../app/house/playing.js";
import { flights } from "../../app/house/state.js";
import { say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { seenOf } from "../../call/state.js";
import { names } from "../../views/house.js";
import type { Occupant, RoomView } from "../../wire/house.js";
import { Dialog } from "../Dialog.js";
import { Bust } from "../Face.js";
import { Scene } from "../house/drawings.js";
import { Icon } from "../Icon.js";
import { inGames } from "../lazy.js";
import { BondItems } from "../people/Friendly.js";
import { SeatName, Video } from "../Seen.js";
import { pathOf } from "./lines.js";
import { isTalkOpen, noteTo } from "./state.js";

const Game = inGames(async () => (await import("../games/entry.js")).Game);
const SeatMark = inGames(async () => (await import("../games/entry.js")).SeatMark);

/** Everybody round the table, oneself last. */
export function Table({ view }: { view: RoomView }) {
  const [about, setAbout] = useState<string | null>(null);
  const { occupants } = view;
  const isOn = isGameOn(view);
  const others = occupants.filter(({ person }) => person !== me.value);
  const mine = occupants.filter(({ person }) => person === me.value);
  const homes = homesOf(occupants.map(({ person }) => person));
  const shown = occupants.find(({ person }) => person === about);
  return (
    <div class={isOn ? `table with-game seats-${occupants.length}` : "table"}>
      <ul class={`tiles of-${occupants.length}`} aria-label="Round the table">
        {[...others, ...mine].map((one) => (
          <Tile key={one.person} one={one} home={homes.get(one.person)} onOpen={() => setAbout(one.person)}>
            {isOn && <SeatMark person={one.person} />}
          </Tile>
        ))}
      </ul>
      {isOn && <Game view={view} />}
      {shown && <About view={view} one={shown} onClose={() => setAbout(null)} />}
    </div>
  );
}

/** What stands behind somebody; where there is not a different one for all, seen from the other side. */
interface Home {
  readonly name: string;
  readonly isTurned: boolean;
}

function homesOf(people: readonly string[]): ReadonlyMap<string, Home> {
  const homes = new Map<string, Home>();
  for (const person of people) {
    const first = [...person].reduce((sum, char) => sum + char.charCodeAt(0), 0);
    const inOrder = names.map((_, n) => names[(first + n) % names.length] as string);
    const uses = (name: string): number => [...homes.values()].filter((one) => one.name === name).length;
    const least = Math.min(...names.map(uses));
    homes.set(person, { name: inOrder.find((name) => uses(name) === least) ?? "", isTurned: least % 2 === 1 });
  }
  return homes;
}

interface TileProps {
  one: Occupant;
  home: Home | undefined;
  onOpen: () => void;
  /** What a game shows there. */
  children: ComponentChildren;
}

function Tile({ one, home, onOpen, children }: TileProps) {
  const { person } = one;
  const isMine = person === me.value;
  const { stream, mic, cam, speaking } = seenOf(person);
  const how = home?.isTurned ? "blurred turned" : "blurred";
  const flying = flights.value.filter(({ by }) => by === person);
  return (
    <li class={speaking ? "seat speaking" : "seat"}>
      {cam && stream ? (
        <Video person={person} stream={stream} />
      ) : (
        <>
          <Scene name={home?.name ?? ""} how={how} />
          <Bust person={person} />
        </>
      )}
      <SeatName person={person} isHeard={mic} />
      {!isMine && (
        <button type="button" class="seat-more" aria-label={`More about ${nameOf(person)}`} onClick={onOpen}>
          <Icon name="more" size={18} />
        </button>
      )}
      {children}
      {flying.map(({ id, emoji }) => (
        <span key={id} class={`flying way-${id % 3}`} aria-hidden="true">
          {emoji}
        </span>
      ))}
    </li>
  );
}

interface AboutProps {
  view: RoomView;
  one: Occupant;
  onClose: () => void;
}

/** How somebody came in, and what one can do about them. */
function About({ view, one, onClose }: AboutProps) {
  const { person } = one;
  const name = nameOf(person);
  const expel = async (): Promise<void> => {
    const answer = await inRoom("expel", { person });
    say("refused" in answer ? plain(answer.refused) : `${name} was put out.`);
    onClose();
  };
  const note = (): void => {
    noteTo.value = person;
    isTalkOpen.value = true;
    onClose();
  };
  return (
    <Dialog title={name} under={`${name} ${pathOf(one)}.`} onClose={onClose} isSmall>
      <div class="menu-items">
        <button type="button" class="menu-item" onClick={note}>
          <Icon name="lock" /> A note, only for {name}
        </button>
        {view.keeper === me.value && (
          <button type="button" class="menu-item rose" onClick={() => void expel()}>
            <Icon name="door" /> Put {name} out of the room
          </button>
        )}
        <BondItems person={person} conversation={null} onDone={onClose} />
      </div>
    </Dialog>
  );
}
