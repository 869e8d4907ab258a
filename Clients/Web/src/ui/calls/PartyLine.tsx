import { me } from "../../app/state.js";
import { clockOf } from "../../app/times.js";
import { gameName, listed, nameOf } from "../../app/words.js";
import type { Party } from "../../wire/house.js";

const most = new Intl.NumberFormat("en");

/** "Trivia: Mia 1,200, you 900"; whoever has most stands first. */
function gameOf({ game, finished, scores }: Party["games"][number]): string {
  const order = [...scores].sort((a, b) => b.points - a.points);
  const points = order.map(({ person, points: has }) => `${whoIs(person)} ${most.format(has)}`);
  return `${gameName(game)}${finished ? "" : ", broken off"}: ${points.join(", ")}`;
}

const whoIs = (person: string): string => (person === me.value ? "you" : nameOf(person));

/** A party that was: who was where, how long, and what was played. */
export function PartyLine({ party: { name, from, until, people, games } }: { party: Party }) {
  const names = people.map(({ person }) => person);
  const others = names.filter((person) => person !== me.value).map((person) => nameOf(person));
  const were = names.includes(me.value) ? `You and ${listed(others)} were` : `${listed(others)} were`;
  return (
    <div class="called-line">
      <div class="party-line">
        <p>
          <b>
            {were} in {name}
          </b>{" "}
          <time>
            {clockOf(from)}–{clockOf(until)}
          </time>
        </p>
        {games.map((game, index) => (
          <p key={index}>{gameOf(game)}</p>
        ))}
      </div>
    </div>
  );
}
