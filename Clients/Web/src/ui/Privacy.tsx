import { useEffect, useState } from "preact/hooks";
import { ask, say } from "../app/start.js";
import { link } from "../app/state.js";
import { useWish } from "./Request.js";

type Openness = "everyone" | "friends" | "nobody";

interface Self {
  readonly messages: Openness;
  readonly invites: Openness;
}

const words: readonly (readonly [Openness, string])[] = [
  ["everyone", "Everyone"],
  ["friends", "Friends"],
  ["nobody", "Nobody"],
];

const asked: readonly (readonly [keyof Self, string])[] = [
  ["messages", "Who may begin a talk with you"],
  ["invites", "Who may ask you in somewhere"],
];

/** Who may come near; what has begun goes on. */
export function Privacy() {
  const [self, setSelf] = useState<Self | null>(null);
  const { wish, isBusy, note } = useWish("Not changed");
  useEffect(() => {
    void ask<Self>("person", "-", "self", {}).then((answer) => "ok" in answer && setSelf(answer.ok));
  }, [link.value]);
  if (!self) return <p class="hint">It is asked for when the house can be reached.</p>;
  const choose = async (what: keyof Self, who: Openness): Promise<void> => {
    if (!(await wish({ area: "person", id: "-", verb: "privacy", body: { [what]: who } }))) return;
    setSelf({ ...self, [what]: who });
    say("Saved. What has begun goes on.");
  };
  return (
    <>
      {asked.map(([what, name]) => (
        <div key={what} class="filters" role="group" aria-label={name}>
          <span>{name}</span>
          {words.map(([who, label]) => (
            <button
              key={who}
              type="button"
              aria-pressed={self[what] === who}
              disabled={isBusy}
              onClick={() => void choose(what, who)}
            >
              {label}
            </button>
          ))}
        </div>
      ))}
      {note}
    </>
  );
}
