import { useEffect, useState } from "preact/hooks";
import { bonds } from "../../app/friends.js";
import { askOnce, say } from "../../app/start.js";
import { link, profiles } from "../../app/state.js";
import { shortTime } from "../../app/times.js";
import { listed, nameOf } from "../../app/words.js";
import { Face } from "../Face.js";
import { useBond } from "../people/Friendly.js";
import { useWish } from "../Request.js";
import { Find } from "./Find.js";

export { Privacy } from "./Privacy.js";

interface Named {
  readonly person: string;
  readonly name?: string;
  readonly about?: string;
}

interface Suggestion extends Named {
  /** How many friends one shares with them, of whom some are named. */
  readonly mutual: number;
  readonly through: readonly Named[];
  /** When one was last in a room with them. */
  readonly met_at?: number;
}

/** Whom one might want to meet, and whether one is to be found so oneself. */
export function Meet() {
  const [people, setPeople] = useState<readonly Suggestion[]>([]);
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const { wish, isBusy, note } = useWish("Not changed");
  useEffect(() => {
    void askOnce<{ people: readonly Suggestion[] }>("person", "-", "meet", { limit: 12 }).then((answer) => {
      if (!("ok" in answer)) return;
      const { people: found } = answer.ok;
      const named = found.flatMap((one) => [one, ...one.through]).filter(({ person }) => !profiles.value.has(person));
      profiles.value = new Map([...profiles.value, ...named.map((one) => [one.person, one] as const)]);
      setPeople(found);
    });
    void askOnce<{ meet?: boolean }>("person", "-", "self", {}).then(
      (answer) => "ok" in answer && setIsOpen(answer.ok.meet === true),
    );
  }, [link.value]);
  const open = async (): Promise<void> => {
    if (!(await wish({ area: "person", id: "-", verb: "privacy", body: { meet: !isOpen } }))) return;
    setIsOpen(!isOpen);
    say(isOpen ? "Nobody finds you through your friends." : "Friends of your friends may find you now.");
  };
  const strangers = people.filter(({ person }) => (bonds.value.get(person)?.state ?? "none") === "none");
  return (
    <>
      <Find />
      <section class="some-people" aria-label="New friends">
        <h2>New friends</h2>
        {strangers.length > 0 && (
          <ul class="people">
            {strangers.map((one) => (
              <Suggested key={one.person} one={one} onGone={() => setPeople(people.filter((other) => other !== one))} />
            ))}
          </ul>
        )}
        {isOpen !== null && (
          <p class="hint">
            {isOpen
              ? "Friends of your friends may find you here, if both of you want that. "
              : "Nobody is shown you here, and none of your friendships is used, until you say so. "}
            <button
              type="button"
              class="button quiet"
              aria-pressed={isOpen}
              disabled={isBusy}
              onClick={() => void open()}
            >
              {isOpen ? "Not be found any more" : "Let friends of friends find you"}
            </button>
          </p>
        )}
        {note}
      </section>
    </>
  );
}

function Suggested({ one, onGone }: { one: Suggestion; onGone: () => void }) {
  const { person } = one;
  const name = nameOf(person);
  const bond = useBond(person);
  const { wish, isBusy, note } = useWish("That did not work");
  const dismiss = async (): Promise<void> => {
    if (await wish({ area: "person", id: person, verb: "dismiss", body: {} })) onGone();
  };
  return (
    <>
      <li>
        <Face person={person} size={48} />
        <span>
          <b>{name}</b>
          <small>{whyOf(one)}</small>
        </span>
        <button
          type="button"
          class="button action"
          aria-label={`Ask ${name} to be friends`}
          disabled={bond.isBusy}
          onClick={() => void bond.change("request")}
        >
          Ask
        </button>
        <button
          type="button"
          class="button outline"
          aria-label={`Not for me: ${name}`}
          disabled={isBusy}
          onClick={() => void dismiss()}
        >
          Not for me
        </button>
      </li>
      {bond.note}
      {note}
    </>
  );
}

/** Through whom, and where one met. */
export function whyOf({ mutual, through, met_at: met }: Suggestion): string {
  const others = mutual - through.length;
  const names = through.map(({ person }) => nameOf(person));
  const known = listed(
    others > 0 ? [...names, others === 1 ? "one other friend" : `${others} other friends`] : names,
    4,
  );
  const friends = mutual > 0 ? `Friend of ${known}` : "";
  const room = met === undefined ? "" : `${friends ? "you were" : "You were"} in a room together, ${shortTime(met)}`;
  return [friends, room].filter(Boolean).join("; ");
}
