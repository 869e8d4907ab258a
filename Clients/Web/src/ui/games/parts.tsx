import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { isSeated, play, sit, table, trouble } from "../../app/table.js";
import { me } from "../../app/state.js";
import { youOr } from "../../app/words.js";
import type { GameView, TableView } from "../../wire/games.js";
import { announce } from "../announce.js";
import { Face } from "../Face.js";
import { titleOf } from "./catalogue.js";
import { Ring } from "./Ring.js";
import { whyNot } from "./words.js";

/** What each game is given. */
export interface Playing<View extends GameView> {
  readonly view: TableView;
  readonly game: View;
}

/** What is played, how far it is, and how much time is left. */
export function Head({ view, under, lasts }: { view: TableView; under: string; lasts?: number }) {
  const { title, emoji } = view.plan ? titleOf(view.plan) : { title: "A game", emoji: "🎲" };
  return (
    <header class="game-head">
      <span class="emblem" aria-hidden="true">
        {emoji}
      </span>
      <div>
        <h2>{title}</h2>
        <p>{under}</p>
      </div>
      {view.due !== null && lasts !== undefined && <Ring due={view.due} lasts={lasts} />}
    </header>
  );
}

/** Says aloud what a game has come to, once. */
export function useSaid(text: string): void {
  useEffect(() => {
    if (text) announce(text);
  }, [text]);
}

/** Why the last thing was not done. */
export function Trouble() {
  const { value } = trouble;
  return value ? (
    <p class="game-trouble" role="alert">
      {whyNot(value)}
    </p>
  ) : null;
}

export const Check = () => (
  <svg class="game-check" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
    <path d="M5 12.5l4.5 4.5L19 7" />
  </svg>
);

const Shield = () => (
  <svg class="shield" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path d="M12 3l7.5 3v5.5c0 5-3.5 8-7.5 9.5-4-1.5-7.5-4.5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5" />
  </svg>
);

/** That the deal is fair, and the way in or out in the middle. */
export function Foot() {
  const canCome = table.value?.phase === "playing" && !isSeated.value;
  return (
    <footer class="game-foot">
      <Shield />
      <p>
        <b>Fair deal, sealed</b> before round one. Check it after the last.
      </p>
      {canCome && (
        <button type="button" class="button small lamp" onClick={() => void sit()}>
          Play along
        </button>
      )}
      {isSeated.value && (
        <button type="button" class="button small quiet" onClick={() => void play({ is: "get_up" })}>
          Get up
        </button>
      )}
    </footer>
  );
}

const colours = ["lamp", "leaf", "sea", "ember", "rose", "dusk"] as const;

interface ScoresProps {
  view: TableView;
  /** Points of the last round. */
  gains?: ReadonlyMap<string, number>;
  /** Those who have done what this round is about. */
  done?: readonly string[];
}

/** Who has how many points, the most first. */
export function Scores({ view: { scores, seats }, gains, done = [] }: ScoresProps) {
  const most = Math.max(1, ...scores.map(({ points }) => points));
  const byName = scores.map(({ who }) => who).sort();
  const sorted = [...scores].sort((a, b) => b.points - a.points || (a.who < b.who ? -1 : 1));
  return (
    <ol class="scores" aria-label="Points">
      {sorted.map(({ who, points }) => {
        const gain = gains?.get(who) ?? 0;
        const colour = who === me.value ? "mine" : colours[byName.indexOf(who) % colours.length];
        return (
          <li key={who} class={seats.includes(who) ? "score" : "score gone"}>
            <Face person={who} size={26} />
            <span class="score-name">
              {youOr(who)}
              {done.includes(who) && <Check />}
            </span>
            <span class="bar" aria-hidden="true">
              <span class={`fill ${colour}`} style={{ transform: `scaleX(${points / most})` }} />
            </span>
            <span class="points">
              {gain > 0 && <em>+{gain}</em>} {points}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Some people in a row, each with a word about them. */
export const Crowd = ({ people, children }: { people: readonly string[]; children?: ComponentChildren }) => (
  <div class="crowd">
    <span class="crowd-faces">
      {people.map((person) => (
        <Face key={person} person={person} size={32} />
      ))}
    </span>
    <p>{children}</p>
  </div>
);
