import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { offer } from "../../app/table.js";
import type { RoomView } from "../../wire/house.js";
import { Icon } from "../Icon.js";
import { gameKey, isChoosingGame, lastGame } from "../../app/house/playing.js";
import { games, type GameInfo } from "./catalogue.js";
import { Trouble } from "./parts.js";

/** Which game, with which cards, how long. */
export function Picker({ view }: { view: RoomView }) {
  const [name, setName] = useState("trivia");
  const [deck, setDeck] = useState("kitchen-science");
  const [rounds, setRounds] = useState(5);
  const [isBusy, setIsBusy] = useState(false);
  const info = games.find((one) => one.name === name) ?? games[0];
  if (!info) return null;
  const pick = (next: GameInfo): void => {
    setName(next.name);
    if (!next.decks.some((one) => one.name === deck)) setDeck(next.decks[0]?.name ?? "");
    setRounds(next.usual);
  };
  const go = async (): Promise<void> => {
    setIsBusy(true);
    const isOffered = await offer({ is: "offer", game: name, deck, rounds });
    setIsBusy(false);
    if (isOffered) isChoosingGame.value = false;
  };
  return (
    <>
      <Head />
      <Games chosen={name} onPick={pick} />
      {info.decks.length > 1 && (
        <Choices
          name="With"
          all={info.decks.map((one) => [one.name, `${one.emoji} ${one.title}`])}
          chosen={deck}
          onChoose={setDeck}
        />
      )}
      <Choices
        name={`How many ${info.per[1]}`}
        all={info.rounds.map((count) => [String(count), String(count)])}
        chosen={String(rounds)}
        onChoose={(count) => setRounds(Number(count))}
      />
      <Trouble />
      <div class="game-acts offering">
        <button type="button" class="button action" disabled={isBusy} onClick={() => void go()}>
          Offer {info.title}
        </button>
        {view.table?.phase === "over" && (
          <button
            type="button"
            class="button quiet"
            onClick={() => ((lastGame.value = gameKey(view)), (isChoosingGame.value = false))}
          >
            The last game
          </button>
        )}
      </div>
      {view.occupants.length < info.least && (
        <p class="hint">
          {info.title} is for {info.least} at least. Wave someone over meanwhile.
        </p>
      )}
    </>
  );
}

function Head() {
  const head = useRef<HTMLElement>(null);
  // Whoever asked for it goes on there.
  useLayoutEffect(() => head.current?.parentElement?.querySelector<HTMLElement>("input:checked")?.focus(), []);
  return (
    <header ref={head} class="game-head">
      <span class="emblem" aria-hidden="true">
        🎲
      </span>
      <div>
        <h2>What shall we play?</h2>
        <p>Everybody here is asked to sit down.</p>
      </div>
      <button type="button" class="round" aria-label="No game now" onClick={() => (isChoosingGame.value = false)}>
        <Icon name="close" />
      </button>
    </header>
  );
}

const Games = ({ chosen, onPick }: { chosen: string; onPick: (one: GameInfo) => void }) => (
  <div class="pick-games" role="radiogroup" aria-label="Game">
    {games.map((one) => (
      <label key={one.name} class="pick-game">
        <input type="radio" name="game" checked={one.name === chosen} onChange={() => onPick(one)} />
        <span class="pick-emoji" aria-hidden="true">
          {one.emoji}
        </span>
        <b>{one.title}</b>
        <small>{one.line}</small>
      </label>
    ))}
  </div>
);

interface ChoicesProps {
  name: string;
  all: readonly (readonly [string, string])[];
  chosen: string;
  onChoose: (one: string) => void;
}

const Choices = ({ name, all, chosen, onChoose }: ChoicesProps) => (
  <fieldset class="pick-row">
    <legend>{name}</legend>
    {all.map(([value, text]) => (
      <label key={value} class="pick">
        <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
        <span>{text}</span>
      </label>
    ))}
  </fieldset>
);
