import { useState } from "preact/hooks";
import { roleName } from "../../app/permits.js";
import { me } from "../../app/state.js";
import { sinceTime } from "../../app/times.js";
import { nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { isSilent, ownerRank, rankOf, roleOf } from "../../views/powers.js";
import type { State } from "../../views/state.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { MemberMenu } from "./MemberMenu.js";

/** Who is in, the highest first: the owner, each role, everybody else. */
export function Members({ view }: { view: ConversationView }) {
  const { state, conversation } = view;
  const [about, setAbout] = useState<string | null>(null);
  const isThere = about !== null && state.members.has(about);
  return (
    <>
      {groupsOf(state).map(({ name, people }) => (
        <section key={name} class="members" aria-label={name}>
          {state.kind !== "direct" && <h3>{name}</h3>}
          <ul>
            {people.map((person) => (
              <Row key={person} state={state} person={person} conversation={conversation} onOpen={setAbout} />
            ))}
          </ul>
        </section>
      ))}
      {state.memberCount > state.members.size && (
        <p class="hint">And {state.memberCount - state.members.size} more, who are not listed here.</p>
      )}
      {isThere && <MemberMenu view={view} person={about} onClose={() => setAbout(null)} />}
    </>
  );
}

interface Group {
  readonly name: string;
  readonly people: readonly string[];
}

function groupsOf(state: State): readonly Group[] {
  const groups = new Map<string, { rank: number; people: string[] }>();
  for (const person of state.members.keys()) {
    const rank = rankOf(state, person);
    const role = roleOf(state, person);
    const name = rank === ownerRank ? "Owner" : role ? roleName(state, role) : "Everybody";
    const group = groups.get(name) ?? { rank: role || rank === ownerRank ? rank : -1, people: [] };
    group.people.push(person);
    groups.set(name, group);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.rank - a.rank)
    .map(([name, { people }]) => ({ name, people: people.sort((a, b) => nameOf(a).localeCompare(nameOf(b))) }));
}

interface RowProps {
  state: State;
  person: string;
  conversation: string;
  onOpen: (person: string) => void;
}

function Row({ state, person, conversation, onOpen }: RowProps) {
  const member = state.members.get(person);
  const name = nameOf(person, conversation);
  const isMe = person === me.value;
  const roles = (member?.roles ?? []).filter((role) => role !== roleOf(state, person));
  return (
    <li>
      <Face person={person} size={36} />
      <span>
        <b>{name}</b>
        {member?.nickname && <small>{nameOf(person)}</small>}
        {roles.length > 0 && <small>also {roles.map((role) => roleName(state, role)).join(", ")}</small>}
        {member && isSilent(member, Date.now()) && (
          <small class="rose">silent until {sinceTime(member.timedOutUntil ?? 0)}</small>
        )}
      </span>
      {isMe && <span class="tag">you</span>}
      {!isMe && state.members.has(me.value) && (
        <button type="button" class="round" aria-label={`What you can do about ${name}`} onClick={() => onOpen(person)}>
          <Icon name="more" />
        </button>
      )}
    </li>
  );
}
