import { isHandler } from "../../app/reports.js";
import { me } from "../../app/state.js";
import { counted } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { powersNow } from "../../views/powers.js";
import { dialog } from "../dialogs.js";
import { Icon } from "../Icon.js";
import { aside } from "../panes.js";
import { Waiting } from "../reports/Waiting.js";
import { About } from "./About.js";
import { Members } from "./Members.js";
import { AskedIn, Knocking, KeptOut } from "./Waiting.js";

/** Beside the conversation: who is in and who may do what, who waits at the door, what it is called. */
export function Aside({ view, waiting }: { view: ConversationView; waiting: number }) {
  const { state, conversation } = view;
  const isIn = state.members.has(me.value);
  const isOfMany = state.kind !== "direct";
  const may = powersNow(state, me.value, Date.now());
  return (
    <aside class="aside" aria-label="People and settings">
      <header>
        <div>
          <h2>People</h2>
          <p>{counted(state.memberCount, "person is in", "people are in")}</p>
        </div>
        <button type="button" class="round" aria-label="Close" onClick={() => (aside.value = null)}>
          <Icon name="close" />
        </button>
      </header>
      {isIn && isOfMany && (
        <div class="aside-actions">
          {may.has("invite") && (
            <button type="button" class="button quiet" onClick={() => (dialog.value = "invite")}>
              <Icon name="plus" size={18} /> Ask people in
            </button>
          )}
          <button type="button" class="button quiet" onClick={() => (dialog.value = "settings")}>
            <Icon name="gear" size={18} /> Settings
          </button>
          <button type="button" class="button quiet" onClick={() => (dialog.value = "roles")}>
            <Icon name="key" size={18} /> Roles
          </button>
          <button type="button" class="button quiet" onClick={() => (dialog.value = "reports")}>
            <Icon name="flag" size={18} /> {isHandler(view, me.value) ? "Reports" : "What you reported"}
            <Waiting count={waiting} />
          </button>
          {may.has("manage_settings") && (
            <button type="button" class="button quiet" onClick={() => (dialog.value = "done")}>
              <Icon name="clock" size={18} /> What was done
            </button>
          )}
        </div>
      )}
      {isIn && isOfMany && <Knocking view={view} may={may} />}
      <Members view={view} />
      {isOfMany && <AskedIn view={view} may={may} />}
      {isIn && isOfMany && may.has("ban") && <KeptOut key={conversation} view={view} />}
      <About view={view} />
    </aside>
  );
}
