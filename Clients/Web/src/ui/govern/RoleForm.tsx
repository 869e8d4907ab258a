import { useState } from "preact/hooks";
import { permitDoes, permitName } from "../../app/permits.js";
import { say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { listed } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { everyone, ownerRank, permissions, powersNow, rankOf } from "../../views/powers.js";
import type { Command, RoleEntry } from "../../wire/types.js";
import { WhatIf } from "./WhatIf.js";

type Gives = "allow" | "deny" | null;

const choices: readonly (readonly [Gives, string])[] = [
  ["allow", "Gives"],
  [null, "–"],
  ["deny", "Takes"],
];

const highest = 1000;

interface Props {
  view: ConversationView;
  /** The role that is changed; none makes one. */
  role: RoleEntry | null;
  /** Whether what it would come to is shown. */
  isAsked: boolean;
  onAsk: (isAsked: boolean) => void;
  onBack: () => void;
}

/** A role: what it is called, how high it stands, what it gives and takes. */
export function RoleForm({ view, role, isAsked, onAsk, onBack }: Props) {
  const { state } = view;
  const mine = rankOf(state, me.value);
  const [name, setName] = useState(role?.name ?? "");
  const [rank, setRank] = useState(role?.rank ?? 1);
  const [gives, setGives] = useState<ReadonlyMap<string, Gives>>(() => givesOf(role));
  const [isDropped, setIsDropped] = useState(false);
  const next: RoleEntry = {
    role: role?.role ?? idOf(name, state.rules.roles),
    name: name.trim(),
    rank,
    ...grantOf(gives),
  };
  const isOfEveryone = next.role === everyone;
  if (isAsked)
    return (
      <WhatIf
        view={view}
        command={isDropped ? { verb: "drop_role", role: next.role } : ({ verb: "role", ...next } satisfies Command)}
        change={isDropped ? [[next.name, "there → gone"]] : linesOf(role, next)}
        onLeave={() => (setIsDropped(false), onAsk(false))}
        onSaved={() => (onBack(), say(isDropped ? `${next.name} is gone.` : `${next.name} is saved.`))}
      />
    );
  const drop = (): void => {
    setIsDropped(true);
    onAsk(true);
  };
  return (
    <form class="role-form" onSubmit={(event) => (event.preventDefault(), onAsk(true))}>
      <div class="name-and-rank">
        <label class="field">
          <span>Its name</span>
          <input required value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        {!isOfEveryone && (
          <label class="field">
            <span>Rank</span>
            <input
              type="number"
              required
              min={1}
              max={mine === ownerRank ? highest : mine - 1}
              value={rank}
              onInput={(event) => setRank(event.currentTarget.valueAsNumber || 1)}
            />
          </label>
        )}
      </div>
      <Gives view={view} gives={gives} onGive={(word, what) => setGives(new Map(gives).set(word, what))} />
      <div class="ends">
        {role && !isOfEveryone && (
          <button type="button" class="button outline rose" onClick={drop}>
            Drop this role…
          </button>
        )}
        <button type="button" class="button outline" onClick={onBack}>
          Leave as it is
        </button>
        <button type="submit" class="button action" disabled={next.name === "" || linesOf(role, next).length === 0}>
          What if…
        </button>
      </div>
    </form>
  );
}

interface GivesProps {
  view: ConversationView;
  gives: ReadonlyMap<string, Gives>;
  onGive: (word: string, what: Gives) => void;
}

/** Each permission, three ways. Nobody gives what they have not themselves. */
const Gives = ({ view, gives, onGive }: GivesProps) => (
  <div class="gives">
    {permissions.map((word) => (
      <fieldset key={word}>
        <legend>
          <b>{permitName(word)}</b> <small>{permitDoes(word)}</small>
        </legend>
        {choices.map(([what, label]) => (
          <label key={label} class={what ?? "neither"}>
            <input
              type="radio"
              name={word}
              checked={(gives.get(word) ?? null) === what}
              disabled={what === "allow" && !powersNow(view.state, me.value, Date.now()).has(word)}
              onChange={() => onGive(word, what)}
            />
            <span>
              {label}
              {what === null && <span class="sr-only"> neither</span>}
            </span>
          </label>
        ))}
      </fieldset>
    ))}
  </div>
);

const givesOf = (role: RoleEntry | null): ReadonlyMap<string, Gives> =>
  new Map<string, Gives>([
    ...(role?.deny ?? []).map((word): [string, Gives] => [word, "deny"]),
    ...(role?.allow ?? []).map((word): [string, Gives] => [word, "allow"]),
  ]);

function grantOf(gives: ReadonlyMap<string, Gives>): { allow?: readonly string[]; deny?: readonly string[] } {
  const allow = permissions.filter((word) => gives.get(word) === "allow");
  const deny = permissions.filter((word) => gives.get(word) === "deny");
  return { ...(allow.length > 0 ? { allow } : {}), ...(deny.length > 0 ? { deny } : {}) };
}

/** A token that says what it is called; another where that is taken. */
function idOf(name: string, taken: ReadonlyMap<string, RoleEntry>): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 48);
  const id = plain === "" || plain === everyone ? "role" : plain;
  for (let n = 1; ; n++) {
    const one = n === 1 ? id : `${id}-${n}`;
    if (!taken.has(one)) return one;
  }
}

function linesOf(before: RoleEntry | null, now: RoleEntry): readonly (readonly [string, string])[] {
  const tell = (words: readonly string[] | undefined): string => listed((words ?? []).map(permitName), 20) || "nothing";
  const lines: [string, string | undefined, string][] = [
    ["Name", before?.name, now.name],
    ["Rank", before ? String(before.rank) : undefined, String(now.rank)],
    ["Gives", before ? tell(before.allow) : undefined, tell(now.allow)],
    ["Takes", before ? tell(before.deny) : undefined, tell(now.deny)],
  ];
  return lines
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]): [string, string] => [name, was === undefined ? is : `${was} → ${is}`]);
}
