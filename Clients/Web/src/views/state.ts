import type { Grant, Kind, Role, Seen } from "../wire/types.js";
import { evolveRules, initialRules, type Rules } from "./rules.js";

export interface Member {
  readonly role: Role;
  /** The version at which they came in: who came first has the lowest. */
  readonly joinedAt: number;
  readonly nickname?: string;
  readonly roles?: readonly string[];
  readonly grant?: Grant;
  readonly timedOutUntil?: number;
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
  readonly rules: Rules;
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
  rules: initialRules,
};

/** Who is in no more because of something seen. */
export const leaverOf = (seen: Seen): string | null =>
  seen.type === "left" ? seen.by : seen.type === "kicked" || seen.type === "banned" ? seen.person : null;

/** The last version that something seen stands for. */
export const untilOf = (seen: Seen): number => (seen.type === "hidden" ? (seen.until ?? seen.version) : seen.version);

export const evolveState = (state: State, seen: Seen): State => ({
  ...change(state, seen),
  rules: evolveRules(state.rules, seen),
  version: untilOf(seen),
});

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
    case "nicknamed":
      return onMember(state, seen.by, (member) => ({ ...member, nickname: seen.nickname }));
    case "invited": {
      const asked = seen.people.filter((person) => !state.members.has(person));
      return { ...state, invited: new Set([...state.invited, ...asked]) };
    }
    case "joined":
      return joined(state, seen.by, seen.version);
    case "left":
      return out(state, seen.by);
    case "kicked":
      return out(state, seen.person);
    case "banned":
      return uninvited(seen.was_in ? out(state, seen.person) : state, seen.person);
    case "uninvited":
      return uninvited(state, seen.person);
    case "roles_assigned":
      return onMember(state, seen.person, (member) => ({ ...member, roles: seen.roles, grant: grantOf(seen) }));
    case "role_dropped":
      return withoutRole(state, seen.role);
    case "timed_out":
      return onMember(state, seen.person, ({ timedOutUntil: _until, ...member }) =>
        seen.until === undefined ? member : { ...member, timedOutUntil: seen.until },
      );
    case "ownership_transferred":
      return transferred(state, seen.person);
    case "message":
      return { ...state, lastSeq: Math.max(state.lastSeq, seen.seq) };
    default:
      return state;
  }
}

function withMember(state: State, person: string, member: Member): State {
  return { ...state, members: new Map(state.members).set(person, member) };
}

function onMember(state: State, person: string, change: (member: Member) => Member): State {
  const member = state.members.get(person);
  return member ? withMember(state, person, change(member)) : state;
}

/** What an event or an entry says of a grant; nothing where it says nothing. */
export const grantOf = ({ allow, deny }: Grant): Grant => ({
  ...(allow === undefined ? {} : { allow }),
  ...(deny === undefined ? {} : { deny }),
});

function uninvited(state: State, person: string): State {
  const invited = new Set(state.invited);
  invited.delete(person);
  return { ...state, invited };
}

function withoutRole(state: State, role: string): State {
  const members = [...state.members].map(([person, member]): [string, Member] => [
    person,
    member.roles?.includes(role) ? { ...member, roles: member.roles.filter((one) => one !== role) } : member,
  ]);
  return { ...state, members: new Map(members) };
}

function transferred(state: State, to: string): State {
  if (!state.members.has(to)) return state;
  const members = [...state.members].map(([person, member]): [string, Member] => [
    person,
    { ...member, role: person === to ? "owner" : "member" },
  ]);
  return { ...state, members: new Map(members) };
}

function joined(state: State, person: string, version: number): State {
  const role: Role = state.members.size === 0 ? "owner" : "member";
  const invited = new Set(state.invited);
  invited.delete(person);
  const count = state.memberCount + (state.members.has(person) ? 0 : 1);
  return { ...withMember(state, person, { role, joinedAt: version }), invited, memberCount: count };
}

function out(state: State, person: string): State {
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
