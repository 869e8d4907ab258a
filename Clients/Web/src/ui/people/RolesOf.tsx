import { useState } from "preact/hooks";
import { me } from "../../app/state.js";
import { roleName } from "../../app/permits.js";
import { listed, nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { everyone, rankOf } from "../../views/powers.js";
import type { Command } from "../../wire/types.js";
import { dialog } from "../dialogs.js";
import { WhatIf } from "../govern/WhatIf.js";

interface Props {
  view: ConversationView;
  person: string;
  onBack: () => void;
  onDone: (told: string) => void;
}

/** Which roles somebody has: those below one's own can be given and taken. */
export function RolesOf({ view, person, onBack, onDone }: Props) {
  const { state, conversation } = view;
  const member = state.members.get(person);
  const held = member?.roles ?? [];
  const [roles, setRoles] = useState<readonly string[]>(held);
  const [isAsked, setIsAsked] = useState(false);
  const all = [...state.rules.roles.values()].filter(({ role }) => role !== everyone).sort((a, b) => b.rank - a.rank);
  const names = (some: readonly string[]): string =>
    listed(
      some.map((role) => roleName(state, role)),
      9,
    ) || "none";
  const isSame = roles.length === held.length && roles.every((role) => held.includes(role));
  if (isAsked)
    return (
      <WhatIf
        view={view}
        command={assign(person, roles, member?.grant)}
        change={[[`${nameOf(person, conversation)}'s roles`, `${names(held)} → ${names(roles)}`]]}
        onLeave={() => setIsAsked(false)}
        onSaved={() => onDone(`${nameOf(person, conversation)}'s roles are changed.`)}
      />
    );
  const toggle = (role: string): void =>
    setRoles(roles.includes(role) ? roles.filter((one) => one !== role) : [...roles, role]);
  return (
    <>
      {all.length === 0 && (
        <p class="hint">
          There are no roles here yet.{" "}
          <button type="button" class="button quiet" onClick={() => (onBack(), (dialog.value = "roles"))}>
            Make one
          </button>
        </p>
      )}
      {all.map(({ role, name, rank }) => (
        <label key={role} class="switch">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            disabled={rank >= rankOf(state, me.value)}
            onChange={() => toggle(role)}
          />
          {name}
        </label>
      ))}
      <div class="ends">
        <button type="button" class="button outline" onClick={onBack}>
          Leave it
        </button>
        <button type="button" class="button action" disabled={isSame} onClick={() => setIsAsked(true)}>
          What if…
        </button>
      </div>
    </>
  );
}

// What is granted to them alone stays: a request says all that they have afterwards.
function assign(
  person: string,
  roles: readonly string[],
  grant: { allow?: readonly string[]; deny?: readonly string[] } = {},
): Command {
  return { verb: "assign", person, roles, ...grant };
}
