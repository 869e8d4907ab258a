import { useState } from "preact/hooks";
import { cannot, permitName } from "../../app/permits.js";
import { me } from "../../app/state.js";
import { counted, titleOf } from "../../app/words.js";
import { entryOf, type ConversationView } from "../../views/entry.js";
import { everyone, powersNow, rankOf } from "../../views/powers.js";
import type { State } from "../../views/state.js";
import type { RoleEntry } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { Icon } from "../Icon.js";
import { RoleForm } from "./RoleForm.js";

/** The role of everybody, also where nobody defined it yet. */
const ofEveryone: RoleEntry = { role: everyone, name: "Everybody", rank: 0 };

/** The roles of a conversation, the highest first. */
export function RolesDialog({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { state, conversation } = view;
  const [edited, setEdited] = useState<RoleEntry | "new" | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const mine = rankOf(state, me.value);
  const mayManage = powersNow(state, me.value, Date.now()).has("manage_roles");
  const roles = [...new Map([[everyone, ofEveryone], ...state.rules.roles]).values()].sort((a, b) => b.rank - a.rank);
  const title = entryOf(view);
  const back = (): void => {
    setEdited(null);
    setIsAsked(false);
  };
  const heading = isAsked ? "What if…" : edited === null ? "Roles" : edited === "new" ? "A new role" : edited.name;
  return (
    <Dialog
      title={heading}
      under={`${title ? titleOf(title) : ""}. ${isAsked ? "Nothing is saved yet." : ""}`}
      onClose={onClose}
    >
      {edited !== null ? (
        <RoleForm
          view={view}
          role={edited === "new" ? null : edited}
          isAsked={isAsked}
          onAsk={setIsAsked}
          onBack={back}
        />
      ) : (
        <>
          {!mayManage && <p class="callout">{cannot(state, "manage_roles", conversation)}</p>}
          <ul class="roles">
            {roles.map((role) => (
              <li key={role.role}>
                <About state={state} role={role} />
                {mayManage && role.rank < mine && (
                  <button
                    type="button"
                    class="round"
                    aria-label={`Change ${role.name}`}
                    onClick={() => setEdited(role)}
                  >
                    <Icon name="edit" />
                  </button>
                )}
              </li>
            ))}
          </ul>
          {mayManage && (
            <div class="ends">
              <button type="button" class="button action" onClick={() => setEdited("new")}>
                New role
              </button>
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}

function About({ state, role }: { state: State; role: RoleEntry }) {
  const count = [...state.members.values()].filter((member) => member.roles?.includes(role.role)).length;
  const { allow = [], deny = [] } = role;
  return (
    <span>
      <b>{role.name}</b>
      <small>
        {role.role === everyone ? "everybody here" : `rank ${role.rank} · ${counted(count, "person", "people")}`}
      </small>
      {allow.length > 0 && <small>gives {allow.map(permitName).join(", ")}</small>}
      {deny.length > 0 && <small>takes {deny.map(permitName).join(", ")}</small>}
    </span>
  );
}
