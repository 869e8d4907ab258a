import { useEffect, useState } from "preact/hooks";
import { ask, say } from "../../app/start.js";
import { link } from "../../app/state.js";
import { useWish } from "../Request.js";

type Openness = "everyone" | "friends" | "nobody";

interface Self {
  readonly messages: Openness;
  readonly invites: Openness;
  readonly find: Openness;
  readonly presence: Openness;
  readonly receipts: Openness;
}

const words: readonly (readonly [Openness, string])[] = [
  ["everyone", "Everyone"],
  ["friends", "Friends"],
  ["nobody", "Nobody"],
];

const near: readonly (readonly [keyof Self, string])[] = [
  ["messages", "Who may begin a talk with you"],
  ["invites", "Who may ask you in somewhere"],
];

const learnt: readonly (readonly [keyof Self, string])[] = [
  ["find", "Who finds you by your name"],
  ["presence", "Who sees that you are in"],
  ["receipts", "Who sees how far you have read"],
];

/** Who may come near, and what others learn of one; what has begun goes on. */
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
    say(near.some(([one]) => one === what) ? "Saved. What has begun goes on." : "Saved.");
  };
  // Strangers never see who is in, so nobody can let them.
  const choices = (what: keyof Self) => words.filter(([who]) => what !== "presence" || who !== "everyone");
  const group = ([what, name]: readonly [keyof Self, string]) => (
    <div key={what} class="filters" role="group" aria-label={name}>
      <span>{name}</span>
      {choices(what).map(([who, label]) => (
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
  );
  return (
    <>
      {near.map(group)}
      {learnt.map(group)}
      <p class="hint">
        In a room you are seen by whoever sees into it. Whoever does not see how far you have read keeps theirs from
        you, too.
      </p>
      {note}
    </>
  );
}
