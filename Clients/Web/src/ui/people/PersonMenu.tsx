import { talkTo } from "../../app/governing.js";
import { say } from "../../app/start.js";
import { nameOf } from "../../app/words.js";
import { Dialog } from "../Dialog.js";
import { Icon } from "../Icon.js";
import { BondItems } from "./Friendly.js";
import { HouseItems } from "./HouseItems.js";

/** What one can do about somebody, wherever they are met. */
export const PersonMenu = ({ person, onClose }: { person: string; onClose: () => void }) => (
  <Dialog title={nameOf(person)} onClose={onClose} isSmall>
    <div class="menu-items">
      <button type="button" class="menu-item" onClick={() => (onClose(), void talkTo(person))}>
        <Icon name="talk" /> Talk to {nameOf(person)}
      </button>
      <BondItems person={person} conversation={null} onDone={onClose} />
      <HouseItems person={person} onDone={(told) => (onClose(), say(told))} />
    </div>
  </Dialog>
);
