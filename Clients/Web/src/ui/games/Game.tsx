import { useEffect } from "preact/hooks";
import { isBusy, table, trouble } from "../../app/table.js";
import type { RoomView } from "../../wire/house.js";
import type { TableView } from "../../wire/games.js";
import { isChoosingGame } from "../../app/house/playing.js";
import { useGivingBack, useKeeping } from "../focus.js";
import { Gathering } from "./Gathering.js";
import { HeadsUp } from "./HeadsUp.js";
import { Over } from "./Over.js";
import { Foot } from "./parts.js";
import { Picker } from "./Picker.js";
import { Potluck } from "./Potluck.js";
import { QuickDraw } from "./QuickDraw.js";
import { Trivia } from "./Trivia.js";

/** The game in the middle of the room: what is offered, played, or was. */
export function Game({ view }: { view: RoomView }) {
  const now = table.value;
  const isChoosing = isChoosingGame.value && !isBusy(now);
  const key = `${now?.number ?? 0} ${now?.phase ?? ""} ${turnOf(now)}`;
  useEffect(() => void (trouble.value = null), [key]);
  useEffect(() => {
    if (isBusy(now)) isChoosingGame.value = false;
  }, [now?.phase]);
  const box = useKeeping(`${key} ${isChoosing}`);
  useGivingBack(box, () => document.getElementById("to-games"));
  return (
    <section
      ref={box}
      tabIndex={-1}
      class={`game of-${isChoosing ? "picking" : (now?.play?.is ?? "none")}`}
      aria-label="The game"
    >
      {isChoosing || !now ? (
        <Picker view={view} />
      ) : now.phase === "over" ? (
        <Over view={now} />
      ) : (
        <>
          <Running view={now} />
          <Foot />
        </>
      )}
    </section>
  );
}

// What is refused counts for as long as the turn does.
function turnOf(view: TableView | null): string {
  const game = view?.play;
  if (!game) return "";
  if (game.is === "heads_up") return `${game.guesser ?? ""} ${game.is_running}`;
  if (game.is === "quick_draw") return `${game.drawer ?? ""} ${game.stage}`;
  return `${game.number} ${game.stage}`;
}

function Running({ view }: { view: TableView }) {
  const { play: game } = view;
  switch (game?.is) {
    case "trivia":
      return <Trivia view={view} game={game} />;
    case "heads_up":
      return <HeadsUp view={view} game={game} />;
    case "quick_draw":
      return <QuickDraw view={view} game={game} />;
    case "potluck":
      return <Potluck view={view} game={game} />;
    default:
      return <Gathering view={view} />;
  }
}
