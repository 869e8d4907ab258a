import { listed, nameOf } from "../../app/words.js";
import { Face } from "../Face.js";

/** Never read aloud: it comes and goes too often. */
export function Typing({ people, conversation }: { people: readonly string[]; conversation: string }) {
  if (people.length === 0) return <div class="typing" />;
  return (
    <div class="typing" aria-hidden="true">
      <span class="stack">
        {people.slice(0, 2).map((person) => (
          <Face key={person} person={person} size={22} />
        ))}
      </span>
      <span class="dots">
        <i />
        <i />
        <i />
      </span>
      <span>
        <b>
          {listed(
            people.map((person) => nameOf(person, conversation)),
            2,
          )}
        </b>{" "}
        {people.length > 1 ? "are" : "is"} typing
      </span>
    </div>
  );
}
