import { isSeated, play, sit } from "../../app/table.js";
import { me } from "../../app/state.js";
import { listed, nameOf, youOr } from "../../app/words.js";
import type { TableView } from "../../wire/games.js";
import { Face } from "../Face.js";
import { gameOf } from "./catalogue.js";
import { Check, Head, Trouble, useSaid } from "./parts.js";
import { useKeys } from "./useKeys.js";

const unsealingLasts = 15_000;

/** A game is offered, and people take their seats; then each shows what their device has sealed. */
export function Gathering({ view }: { view: TableView }) {
  const { plan, seats, shown, phase } = view;
  const info = gameOf(plan?.game ?? "");
  const isUnsealing = phase === "unsealing";
  const missing = Math.max(0, (info?.least ?? 2) - seats.length);
  const begin = (): void => void play({ is: "begin" });
  const act = isUnsealing ? null : isSeated.value ? (missing === 0 ? begin : null) : () => void sit();
  useKeys(act ? [act] : []);
  useSaid(isUnsealing ? "The seals are opened." : `${info?.title ?? "A game"} is offered. Press 1 to sit down.`);
  const rounds = plan ? `${plan.rounds} ${info?.per[plan.rounds === 1 ? 0 : 1] ?? "rounds"}` : "";
  const lasts = isUnsealing ? { lasts: unsealingLasts } : {};
  return (
    <>
      <Head view={view} under={isUnsealing ? "Opening the seals" : rounds} {...lasts} />
      <p class="game-big centred">{isUnsealing ? "Here we go…" : isSeated.value ? "You’re in!" : "Who plays?"}</p>
      <p class="centred">{info?.line}</p>
      <ul class="places" aria-label="Who sits here">
        {seats.map((person) => (
          <li key={person} class={isUnsealing && !shown.includes(person) ? "place sealed" : "place"}>
            <Face person={person} size={84} />
            <b>{youOr(person)}</b>
            <small>
              <Check /> {isUnsealing ? (shown.includes(person) ? "Opened" : "Opening…") : "Sealed"}
            </small>
          </li>
        ))}
        {Array.from({ length: missing }, (_, at) => (
          <li key={`free ${at}`} class="place free">
            <span class="free-seat" aria-hidden="true" />
            <b>A free seat</b>
          </li>
        ))}
      </ul>
      <Trouble />
      {!isUnsealing && (
        <div class="game-acts">
          {isSeated.value ? (
            <button type="button" class="button lamp game-act" aria-disabled={missing > 0} onClick={() => act?.()}>
              {missing === 0 && <kbd aria-hidden="true">1</kbd>} {missing === 0 ? "Begin" : waitsFor(missing)}
            </button>
          ) : (
            <button type="button" class="button lamp game-act" onClick={() => void sit()}>
              <kbd aria-hidden="true">1</kbd> Sit down
            </button>
          )}
        </div>
      )}
      {!isUnsealing && <p class="hint centred">{hintOf(seats, missing)}</p>}
    </>
  );
}

const waitsFor = (missing: number): string => (missing === 1 ? "One more, and it begins" : `${missing} more to begin`);

function hintOf(seats: readonly string[], missing: number): string {
  if (seats.length === 0) return "Whoever sits down plays. Everybody else may watch, and come in later.";
  if (!seats.includes(me.value)) return `${listed(seats.map((who) => nameOf(who)))} would like you to play.`;
  return missing > 0 ? "The others were asked; give them a moment." : "Anybody who sits here may begin.";
}
