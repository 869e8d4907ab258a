import type { Kind, Role, Seen } from "../wire/types.js";

export interface Member {
  readonly role: Role;
  /** The version at which they came in: who came first has the lowest. */
  readonly joinedAt: number;
  readonly nickname?: string;
}

/** What is known of a conversation's members, name and topic. */
export interface State {
  readonly version: number;
  readonly lastSeq: number;
  readonly kind: Kind | null;
  readonly name: string | null;
  readonly topic: string | null;
  readonly members: ReadonlyMap<string, Member>;
  readonly invited: ReadonlySet<string>;
  /** How many are in, also where not all of them are held. */
  readonly memberCount: number;
}

export const initialState: State = {
  version: 0,
  lastSeq: 0,
  kind: null,
  name: null,
  topic: null,
  members: new Map(),
  invited: new Set(),
  memberCount: 0,
};

/** The last version that something seen stands for. */
export const untilOf = (seen: Seen): number => (seen.type === "hidden" ? (seen.until ?? seen.version) : seen.version);

export const evolveState = (state: State, seen: Seen): State => ({ ...change(state, seen), version: untilOf(seen) });

function change(state: State, seen: Seen): State {
  switch (seen.type) {
    case "created":
      return {
        ...state,
        kind: seen.kind,
        name: seen.name ?? null,
        members: new Map(
          seen.members.map((person, index) => [
            person,
            { role: index === 0 ? "owner" : "member", joinedAt: seen.version },
          ]),
        ),
        memberCount: seen.members.length,
      };
    case "renamed":
      return { ...state, name: seen.name };
    case "topic_set":
      return { ...state, topic: seen.topic === "" ? null : seen.topic };
    case "nicknamed": {
      const member = state.members.get(seen.by);
      return member ? withMember(state, seen.by, { ...member, nickname: seen.nickname }) : state;
    }
    case "invited": {
      const asked = seen.people.filter((person) => !state.members.has(person));
      return { ...state, invited: new Set([...state.invited, ...asked]) };
    }
    case "joined":
      return joined(state, seen.by, seen.version);
    case "left":
      return left(state, seen.by);
    case "message":
      return { ...state, lastSeq: Math.max(state.lastSeq, seen.seq) };
    default:
      return state;
  }
}

function withMember(state: State, person: string, member: Member): State {
  return { ...state, members: new Map(state.members).set(person, member) };
}

function joined(state: State, person: string, version: number): State {
  const role: Role = state.members.size === 0 ? "owner" : "member";
  const invited = new Set(state.invited);
  invited.delete(person);
  const count = state.memberCount + (state.members.has(person) ? 0 : 1);
  return { ...withMember(state, person, { role, joinedAt: version }), invited, memberCount: count };
}

function left(state: State, person: string): State {
  const members = new Map(state.members);
  members.delete(person);
  // When the last owner goes, the one who came first follows.
  const first = firstIn(members);
  if (first && ![...members.values()].some((member) => member.role === "owner")) {
    const member = members.get(first);
    if (member) members.set(first, { ...member, role: "owner" });
  }
  return { ...state, members, memberCount: Math.max(members.size, state.memberCount - 1) };
}

function firstIn(members: ReadonlyMap<string, Member>): string | undefined {
  let first: [string, Member] | undefined;
  for (const one of members)
    if (!first || one[1].joinedAt < first[1].joinedAt || (one[1].joinedAt === first[1].joinedAt && one[0] < first[0]))
      first = one;
  return first?.[0];
}
