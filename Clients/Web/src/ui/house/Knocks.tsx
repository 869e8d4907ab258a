import { inRoom } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { bonds } from "../../app/friends.js";
import { say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { knockLasts } from "../../views/house.js";
import type { Knock, RoomView } from "../../wire/house.js";
import { Face } from "../Face.js";
import { useGivingBack } from "../focus.js";

/** Whoever knocks at the room one is in, for as long as a knock counts. */
export function Knocks({ view }: { view: RoomView }) {
  const [now, setNow] = useState(Date.now());
  const knocks = view.knocks.filter(({ at }) => at + knockLasts > now);
  const first = knocks[0];
  useEffect(() => {
    if (!first) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, first.at + knockLasts - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [first?.person, first?.at]);
  useEffect(() => setNow(Date.now()), [view.version]);
  return (
    <div class="knocks" role="status">
      {first && <One key={first.person} knock={first} more={knocks.length - 1} />}
    </div>
  );
}

// Whose friend they are, and whether one knows them.
function who(person: string, via: string | undefined): string {
  if (bonds.value.get(person)?.state === "friend") return "Your friend";
  return via && via !== me.value ? `${nameOf(via)}’s friend, new to you` : "New to you";
}

function One({ knock: { person, via }, more }: { knock: Knock; more: number }) {
  const name = nameOf(person);
  const box = useRef<HTMLElement>(null);
  useGivingBack(box, () => document.getElementById("room-name"));
  const answer = async (verb: "admit" | "decline"): Promise<void> => {
    const told = await inRoom(verb, { person });
    if ("refused" in told) say(plain(told.refused));
  };
  return (
    <section ref={box} class="knock" aria-label={`${name} is knocking`}>
      <Face person={person} size={40} />
      <div>
        <b>{name} is knocking</b>
        <small>
          {who(person, via)}
          {more > 0 ? ` · ${more} more at the door` : ""}
        </small>
      </div>
      <button type="button" class="button lamp" onClick={() => void answer("admit")}>
        Let {name} in
      </button>
      <button type="button" class="button" aria-label={`Not now, ${name}`} onClick={() => void answer("decline")}>
        Not now
      </button>
    </section>
  );
}
