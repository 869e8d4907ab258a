import { account, me, profiles } from "../app/state.js";
import { say, signOut } from "../app/start.js";
import { singleKeys, theme, type Theme } from "../app/theme.js";
import { nameOf } from "../app/words.js";
import { Devices } from "./Devices.js";
import { dialog } from "./dialogs.js";
import { Face } from "./Face.js";
import { inRooms, lazy } from "./lazy.js";
import { OneField, useWish } from "./Request.js";

const Privacy = lazy(async () => (await import("./meet/Meet.js")).Privacy);
const PrivateMode = inRooms(async () => (await import("./house/dialogs.js")).PrivateMode);

const QuietHours = inRooms(async () => (await import("./house/dialogs.js")).QuietHours);
const Sounds = inRooms(async () => (await import("./house/dialogs.js")).Sounds);

const themes: readonly (readonly [Theme, string])[] = [
  ["system", "As the device"],
  ["light", "Light"],
  ["dark", "Dark"],
];

export const You = () => (
  <section class="page" aria-label="You">
    <header class="you-head">
      <Face person={me.value} size={96} />
      <div>
        <h1>{nameOf(me.value)}</h1>
        <p>
          On this device, <b>{account.value?.device}</b>
        </p>
      </div>
    </header>
    <section class="card">
      <h2>What others see of you</h2>
      <AboutMe key={me.value} />
    </section>
    <section class="card">
      <h2>Who may come near</h2>
      <Privacy />
      <PrivateMode />
      <QuietHours />
    </section>
    <section class="card">
      <h2>Your devices</h2>
      <Devices />
    </section>
    <section class="card">
      <h2>What you told the staff</h2>
      <p>What you reported to those who look after the whole house, and what came of it.</p>
      <button type="button" class="button quiet" onClick={() => (dialog.value = "told")}>
        Show it
      </button>
    </section>
    <section class="card">
      <h2>What you hear</h2>
      <Sounds />
    </section>
    <section class="card">
      <h2>Light</h2>
      <div class="filters" role="group" aria-label="Light">
        {themes.map(([name, label]) => (
          <button key={name} type="button" aria-pressed={theme.value === name} onClick={() => (theme.value = name)}>
            {label}
          </button>
        ))}
      </div>
    </section>
    <section class="card">
      <h2>Keys</h2>
      <label class="switch">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => (singleKeys.value = event.currentTarget.checked)}
        />
        Single keys, outside of text
      </label>
      <button type="button" class="button quiet" onClick={() => (dialog.value = "keys")}>
        Show all of them
      </button>
    </section>
    <section class="card">
      <h2>Leave this device</h2>
      <p>What waits to be sent stays here until you come back.</p>
      <button type="button" class="button outline rose" onClick={() => void signOut()}>
        Sign out
      </button>
    </section>
  </section>
);

function AboutMe() {
  const mine = profiles.value.get(me.value);
  const { wish, isBusy, note } = useWish("Not changed");
  const update = async (body: { name?: string; about?: string }): Promise<void> => {
    if (await wish({ area: "person", id: "-", verb: "update", body })) say("Saved. Those who know you see it now.");
  };
  const name = mine?.name ?? nameOf(me.value);
  return (
    <>
      <OneField
        key={`n${name}`}
        label="Your name"
        value={name}
        action="Save"
        isDisabled={isBusy}
        onSave={(value) => void update({ name: value })}
      />
      <OneField
        key={`a${mine?.about ?? ""}`}
        label="A line about you"
        value={mine?.about ?? ""}
        action="Save"
        isDisabled={isBusy}
        onSave={(value) => void update({ about: value })}
      />
      {note}
    </>
  );
}
