import { nameOf, youOr } from "../../app/words.js";
import type { Message } from "../../wire/types.js";
import type { Desk } from "./desk.js";

export const Reactions = ({ desk, message, me }: { desk: Desk; message: Message; me: string }) => (
  <div class="reactions">
    {message.reactions?.map(({ emoji, people }) => (
      <button
        key={emoji}
        type="button"
        aria-pressed={people.includes(me)}
        title={people.map((person) => youOr(person, desk.conversation)).join(", ")}
        aria-label={`${emoji} ${people.length}: ${people.map((person) => nameOf(person)).join(", ")}`}
        onClick={() => desk.react(message, emoji)}
      >
        <span class="emoji">{emoji}</span> {people.length}
      </button>
    ))}
  </div>
);
