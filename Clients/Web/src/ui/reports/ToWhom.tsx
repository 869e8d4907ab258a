import { namesOf } from "../../app/reporting.js";
import type { ConversationView } from "../../views/entry.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";

interface Props {
  view: ConversationView;
  people: readonly string[];
  isToStaff: boolean;
  onPick: (isToStaff: boolean) => void;
}

/** Who is told: those who look after the conversation, or the staff. */
export const ToWhom = ({ view: { conversation }, people, isToStaff, onPick }: Props) => (
  <fieldset class="choices">
    <legend>Who should see it?</legend>
    <label>
      <input type="radio" name="whom" checked={!isToStaff} onChange={() => onPick(false)} />
      <span>
        <b>Who looks after this place</b>
        <small class="some-faces">
          {people.slice(0, 3).map((person) => (
            <Face key={person} person={person} size={20} />
          ))}
          {namesOf(people, conversation)}
        </small>
      </span>
    </label>
    <label>
      <input type="radio" name="whom" checked={isToStaff} onChange={() => onPick(true)} />
      <span>
        <b>The staff</b>
        <small class="some-faces">
          <Icon name="house" size={18} /> They look after the whole house
        </small>
      </span>
    </label>
  </fieldset>
);
