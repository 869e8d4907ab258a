import { say } from "../../app/start.js";
import { listed, nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { Dialog } from "../Dialog.js";
import { PeoplePicker } from "../PeoplePicker.js";
import { Links } from "./Links.js";
import { useChange } from "../Request.js";

/** Asks people in, by name. */
export function Invite({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { state, conversation } = view;
  const { change, isBusy, note } = useChange(conversation, "Nobody was asked");
  const invite = async (people: readonly string[]): Promise<void> => {
    if (!(await change({ verb: "invite", people }))) return;
    onClose();
    say(`Asked in: ${listed(people.map((person) => nameOf(person)))}.`);
  };
  return (
    <Dialog title="Ask people in" onClose={onClose}>
      <p class="hint">They find it at the top of their conversations, and come in when they like.</p>
      <PeoplePicker
        action="Ask in"
        isBusy={isBusy}
        without={(person) => state.members.has(person) || state.invited.has(person)}
        onDone={(people) => void invite(people)}
      />
      {note}
      <Links conversation={conversation} />
    </Dialog>
  );
}
