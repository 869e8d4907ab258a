import { useState } from "preact/hooks";
import type { RoomView } from "../../wire/house.js";
import { inRooms } from "../lazy.js";

const Asking = inRooms(async () => (await import("../records/Asking.js")).Asking);

/** The wish for a record of the party. */
export function Keep({ view }: { view: RoomView }) {
  const [isOpen, setIsOpen] = useState(false);
  const { wish, occupants } = view;
  return (
    <>
      <button type="button" class="pill" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        📖 {wish ? `${wish.agreed.length}/${occupants.length}` : <span class="in-words">Record</span>}
      </button>
      {isOpen && <Asking view={view} onClose={() => setIsOpen(false)} />}
    </>
  );
}
