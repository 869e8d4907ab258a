import { bonds } from "../../app/friends.js";
import { talkTo } from "../../app/governing.js";
import { say } from "../../app/start.js";
import { nameOf } from "../../app/words.js";
import { Dialog } from "../Dialog.js";
import { inRooms } from "../lazy.js";
import { Icon } from "../Icon.js";
import { BondItems } from "./Friendly.js";
import { HouseItems } from "./HouseItems.js";

const SeenItems = inRooms(async () => (await import("../house/dialogs.js")).SeenItems);

/** What one can do about somebody, wherever they are met. */
export const PersonMenu = ({ person, onClose }: { person: string; onClose: () => void }) => (
  <Dialog title={nameOf(person)} onClose={onClose} isSmall>
    <div class="menu-items">
      <button type="button" class="menu-item" onClick={() => (onClose(), void talkTo(person))}>
        <Icon name="talk" /> Talk to {nameOf(person)}
      </button>
      {bonds.value.get(person)?.state === "friend" && <SeenItems person={person} />}
      <BondItems person={person} conversation={null} onDone={onClose} />
      <HouseItems person={person} onDone={(told) => (onClose(), say(told))} />
    </div>
  </Dialog>
);
