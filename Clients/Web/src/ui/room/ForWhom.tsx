import { useState } from "preact/hooks";
import { inRoom } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { say } from "../../app/start.js";
import type { RoomView } from "../../wire/house.js";
import { Dialog } from "../Dialog.js";
import { Guests } from "../house/Light.js";

/** For whom a room is that is lit already: some, or every friend of who is inside. By its keeper. */
export function ForWhom({ view, onClose }: { view: RoomView; onClose: () => void }) {
  const [guests, setGuests] = useState<readonly string[]>(view.guests ?? []);
  const [note, setNote] = useState("");
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await inRoom("guests", guests.length > 0 ? { guests } : {});
    if ("refused" in answer) return setNote(`Not changed. ${plain(answer.refused)}`);
    say(guests.length > 0 ? "Guests may walk in; other friends may knock." : "Friends of who is inside may walk in.");
    onClose();
  };
  return (
    <Dialog title={`Who may walk into ${view.name}`} under="Whoever is inside already stays." onClose={onClose}>
      <form class="lighting" onSubmit={(event) => void save(event)}>
        <Guests guests={guests} onChange={setGuests} isOpen />
        {note && (
          <p class="door-note" role="alert">
            {note}
          </p>
        )}
        <div class="ends">
          {guests.length > 0 && (
            <button type="button" class="button quiet" onClick={() => setGuests([])}>
              For all friends
            </button>
          )}
          <button type="button" class="button outline" onClick={onClose}>
            Not now
          </button>
          <button type="submit" class="button lamp">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
