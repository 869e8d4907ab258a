import { useState } from "preact/hooks";
import { useAfter, useAllowed } from "../../app/governing.js";
import { ask } from "../../app/start.js";
import { reasonOf } from "../../app/refusals.js";
import { sinceTime } from "../../app/times.js";
import { nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import type { Powers } from "../../views/powers.js";
import type { Ban, BansPage } from "../../wire/governing.js";
import type { Command, Refusal } from "../../wire/types.js";
import { Face } from "../Face.js";
import { useChange } from "../Request.js";

interface Props {
  view: ConversationView;
  may: Powers;
}

interface PersonRowProps {
  person: string;
  under?: string | undefined;
  actions: readonly (readonly [string, Command])[];
  isBusy: boolean;
  onDo: (command: Command) => void;
}

const PersonRow = ({ person, under, actions, isBusy, onDo }: PersonRowProps) => (
  <li>
    <Face person={person} size={36} />
    <span>
      <b>{nameOf(person)}</b>
      {under && <small>{under}</small>}
    </span>
    {actions.map(([label, command]) => (
      <button
        key={label}
        type="button"
        class="button outline small"
        aria-label={`${label}: ${nameOf(person)}`}
        disabled={isBusy}
        onClick={() => onDo(command)}
      >
        {label}
      </button>
    ))}
  </li>
);

/** Who asks to be let in. */
export function Knocking({ view, may }: Props) {
  const { change, isBusy, note } = useChange(view.conversation, "Not done");
  const people = [...view.state.rules.knocking];
  if (people.length === 0) return null;
  const actions = (person: string): [string, Command][] => [
    ...(may.has("invite") ? [["Let in", { verb: "invite", people: [person] }] as [string, Command]] : []),
    ...(may.has("admit") ? [["Turn away", { verb: "uninvite", person }] as [string, Command]] : []),
  ];
  return (
    <section class="members waiting-people" aria-label="At the door">
      <h3>At the door</h3>
      <ul>
        {people.map((person) => (
          <PersonRow
            key={person}
            person={person}
            under="is knocking"
            actions={actions(person)}
            isBusy={isBusy}
            onDo={(command) => void change(command)}
          />
        ))}
      </ul>
      {note}
    </section>
  );
}

// Of more than these it is not asked one by one whose invitation one may take back.
const few = 20;

/** Who was asked in and has not answered. */
export function AskedIn({ view, may }: Props) {
  const { change, isBusy, note } = useChange(view.conversation, "Still asked in");
  const people = [...view.state.invited];
  const isIn = view.state.members.has(view.viewer);
  const asked = isIn && !may.has("admit") ? people.slice(0, few) : [];
  const mine = useAllowed(
    view.conversation,
    asked.map((person) => ({ verb: "uninvite", person })),
  );
  if (people.length === 0) return null;
  const isMine = (person: string): boolean => may.has("admit") || (mine[asked.indexOf(person)] ?? false);
  return (
    <section class="members asked" aria-label="Asked in">
      <h3>Asked in</h3>
      <ul>
        {people.map((person) => (
          <PersonRow
            key={person}
            person={person}
            actions={isIn && isMine(person) ? [["Take back", { verb: "uninvite", person }]] : []}
            isBusy={isBusy}
            onDo={(command) => void change(command)}
          />
        ))}
      </ul>
      {note}
    </section>
  );
}

/** Who may not come back, for whoever may let them. */
export function KeptOut({ view }: { view: ConversationView }) {
  const { conversation } = view;
  const { change, isBusy, note } = useChange(conversation, "Still kept out");
  const [bans, setBans] = useState<readonly Ban[]>([]);
  const [more, setMore] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = async (after?: string): Promise<void> => {
    const page = await ask<BansPage>("conversation", conversation, "bans", { after, limit: 50 });
    setRefusal("refused" in page ? page.refused : null);
    if (!("ok" in page)) return;
    setBans((held) => (after ? [...held, ...page.ok.bans] : page.ok.bans));
    setMore(page.ok.more);
  };
  useAfter(conversation, ["banned", "unbanned"], () => void load());
  if (refusal && refusal.because.at(-1) !== "verb.unknown")
    return <p class="hint">Who is kept out can't be listed: {reasonOf(refusal, conversation)}.</p>;
  if (bans.length === 0) return null;
  return (
    <section class="members kept-out" aria-label="Kept out">
      <h3>Kept out</h3>
      <ul>
        {bans.map(({ person, until }) => (
          <PersonRow
            key={person}
            person={person}
            under={until === undefined ? "for good" : `until ${sinceTime(until)}`}
            actions={[["Let back", { verb: "unban", person }]]}
            isBusy={isBusy}
            onDo={(command) => void change(command)}
          />
        ))}
      </ul>
      {more && (
        <button type="button" class="button quiet" onClick={() => void load(bans.at(-1)?.person)}>
          Show more
        </button>
      )}
      {note}
    </section>
  );
}
