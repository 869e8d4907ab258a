import { useState } from "preact/hooks";
import { cannot, settingLines } from "../../app/permits.js";
import { say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { titleOf } from "../../app/words.js";
import { entryOf, type ConversationView } from "../../views/entry.js";
import { powersNow } from "../../views/powers.js";
import type { Settings } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { SettingsFields } from "./SettingsFields.js";
import { WordRules } from "./WordRules.js";
import { WhatIf } from "./WhatIf.js";

/** How a conversation is kept: to read for everybody, to change for who may. */
export function SettingsDialog({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { state, conversation } = view;
  const { settings } = state.rules;
  const [change, setChange] = useState<Partial<Settings>>({});
  const [isAsked, setIsAsked] = useState(false);
  const mayChange = powersNow(state, me.value, Date.now()).has("manage_settings");
  const lines = settingLines(settings, change);
  const entry = entryOf(view);
  const save = (): void => {
    onClose();
    say("The settings are changed.");
  };
  return (
    <Dialog
      title={isAsked ? "What if…" : "Settings"}
      under={`${entry ? titleOf(entry) : ""}. ${isAsked ? "Nothing is saved yet." : ""}`}
      onClose={onClose}
    >
      {isAsked ? (
        <WhatIf
          view={view}
          command={{ verb: "settings", ...onlyChanged(settings, change) }}
          change={lines}
          onLeave={() => setIsAsked(false)}
          onSaved={save}
        />
      ) : (
        <form class="settings" onSubmit={(event) => (event.preventDefault(), setIsAsked(true))}>
          {!mayChange && <p class="callout">{cannot(state, "manage_settings", conversation)}</p>}
          <SettingsFields
            settings={{ ...settings, ...change }}
            isDisabled={!mayChange}
            onChange={(more) => setChange({ ...change, ...more })}
          />
          {mayChange && (
            <div class="ends">
              <button type="button" class="button outline" onClick={onClose}>
                Leave as it is
              </button>
              <button type="submit" class="button action" disabled={lines.length === 0}>
                What if…
              </button>
            </div>
          )}
        </form>
      )}
      {mayChange && !isAsked && <WordRules conversation={conversation} />}
    </Dialog>
  );
}

function onlyChanged(before: Settings, change: Partial<Settings>): Partial<Settings> {
  const entries = Object.entries(change) as [keyof Settings, never][];
  return Object.fromEntries(entries.filter(([key, value]) => before[key] !== value));
}
