import { useState } from "preact/hooks";
import { bonds } from "../app/friends.js";
import { talkTo } from "../app/governing.js";
import { known } from "../app/people.js";
import { profiles } from "../app/state.js";
import { nameOf } from "../app/words.js";
import type { Bond } from "../wire/types.js";
import { Face } from "./Face.js";
import { Icon } from "./Icon.js";
import { lazy } from "./lazy.js";
import { useBond } from "./people/Friendly.js";
import { PersonMenu } from "./people/PersonMenu.js";

const Meet = lazy(async () => (await import("./meet/Meet.js")).Meet);

/** Friends and who asks to be one, then whom one meets. */
export function People() {
  const [about, setAbout] = useState<string | null>(null);
  const of = (is: (bond: Bond) => boolean): readonly string[] =>
    [...bonds.value.values()]
      .filter(is)
      .map(({ person }) => person)
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const others = known.value.map(({ person }) => person).filter((person) => !isSomething(bonds.value.get(person)));
  const row = (person: string) => <Row key={person} person={person} onOpen={setAbout} />;
  return (
    <section class="page" aria-label="People">
      <h1>People</h1>
      <Some name="They ask to be friends" people={of(({ state, blocked }) => state === "asks" && !blocked)}>
        {(person) => <Asking key={person} person={person} onOpen={setAbout} />}
      </Some>
      <Some
        name="Friends"
        people={of(({ state }) => state === "friend")}
        empty="Nobody yet. Ask somebody you meet here."
      >
        {row}
      </Some>
      <Some name="You asked" people={of(({ state, blocked }) => state === "asked" && !blocked)}>
        {row}
      </Some>
      <Meet />
      <Some name="Whom you meet" people={others} empty="Nobody yet. Begin a conversation, and its people are here.">
        {row}
      </Some>
      <Some name="Blocked" people={of(({ blocked }) => blocked)}>
        {row}
      </Some>
      {about !== null && <PersonMenu person={about} onClose={() => setAbout(null)} />}
    </section>
  );
}

const isSomething = (bond: Bond | undefined): boolean => bond !== undefined && (bond.state !== "none" || bond.blocked);

interface SomeProps {
  name: string;
  people: readonly string[];
  empty?: string;
  children: (person: string) => preact.ComponentChildren;
}

const Some = ({ name, people, empty, children }: SomeProps) =>
  people.length === 0 && !empty ? null : (
    <section class="some-people" aria-label={name}>
      <h2>{name}</h2>
      {people.length === 0 ? <p class="nothing">{empty}</p> : <ul class="people">{people.map(children)}</ul>}
    </section>
  );

interface RowProps {
  person: string;
  onOpen: (person: string) => void;
  children?: preact.ComponentChildren;
}

function Row({ person, onOpen, children }: RowProps) {
  const name = nameOf(person);
  const about = profiles.value.get(person)?.about;
  return (
    <li>
      <Face person={person} size={48} />
      <span>
        <b>{name}</b>
        {about && <small>{about}</small>}
      </span>
      {children ?? (
        <button type="button" class="round" aria-label={`Talk to ${name}`} onClick={() => void talkTo(person)}>
          <Icon name="talk" />
        </button>
      )}
      <button type="button" class="round" aria-label={`What you can do about ${name}`} onClick={() => onOpen(person)}>
        <Icon name="more" />
      </button>
    </li>
  );
}

function Asking({ person, onOpen }: Omit<RowProps, "children">) {
  const { change, isBusy, note } = useBond(person);
  const name = nameOf(person);
  return (
    <>
      <Row person={person} onOpen={onOpen}>
        <button
          type="button"
          class="button action"
          aria-label={`Be friends with ${name}`}
          disabled={isBusy}
          onClick={() => void change("accept")}
        >
          Be friends
        </button>
        <button
          type="button"
          class="button outline"
          aria-label={`Not now, ${name}`}
          disabled={isBusy}
          onClick={() => void change("decline")}
        >
          Not now
        </button>
      </Row>
      {note}
    </>
  );
}
