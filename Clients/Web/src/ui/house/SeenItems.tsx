import { useState } from "preact/hooks";
import { setSelf } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { house } from "../../app/house/state.js";
import { nameOf } from "../../app/words.js";
import { Icon } from "../Icon.js";

/** Whether a friend is told of one, and one of them. Neither is told to them. */
export function SeenItems({ person }: { person: string }) {
  const [note, setNote] = useState("");
  const self = house.value?.me;
  if (!self) return null;
  const name = nameOf(person);
  const turn = async (verb: "ghost" | "mute", list: "ghosted" | "muted", isOn: boolean): Promise<void> => {
    const others = self[list].filter((one) => one !== person);
    const change = { [list]: isOn ? [...others, person] : others };
    const answer = await setSelf({ id: person, verb: isOn ? verb : `un${verb}` }, change);
    setNote("refused" in answer ? plain(answer.refused) : "");
  };
  return (
    <>
      <label class="menu-item switch">
        <input
          type="checkbox"
          checked={self.ghosted.includes(person)}
          onChange={(event) => void turn("ghost", "ghosted", event.currentTarget.checked)}
        />
        <span>
          Ghost: {name} is not told of you
          <small>They do not see that you are in, or in which room.</small>
        </span>
      </label>
      <label class="menu-item switch">
        <input
          type="checkbox"
          checked={self.muted.includes(person)}
          onChange={(event) => void turn("mute", "muted", event.currentTarget.checked)}
        />
        <span>
          Mute: you are not told of {name}
          <small>No notice when they come in, no waves.</small>
        </span>
      </label>
      {note && (
        <p class="door-note" role="alert">
          <Icon name="info" size={16} /> {note}
        </p>
      )}
    </>
  );
}
