import { historyWords, joinWords, lengthOf } from "../../app/permits.js";
import type { Settings } from "../../wire/types.js";

const minute = 60_000;
const hour = 60 * minute;
const pauses = [0, 5000, 10_000, 30_000, minute, 5 * minute, 15 * minute, hour, 6 * hour];
const windows = [0, minute, 5 * minute, 15 * minute, hour, 24 * hour, 7 * 24 * hour];
const bytes = [280, 1000, 4000, 16_384];

interface Props {
  settings: Settings;
  isDisabled: boolean;
  onChange: (change: Partial<Settings>) => void;
}

export function SettingsFields({ settings, isDisabled, onChange }: Props) {
  const number = (key: "slow_mode_ms" | "edit_window_ms" | "message_bytes") => (value: number) =>
    onChange({ [key]: value });
  return (
    <fieldset class="plain" disabled={isDisabled}>
      <Choice name="Who may come in" value={settings.join} words={joinWords} onChoose={(join) => onChange({ join })} />
      <Choice
        name="What they see of before"
        value={settings.history}
        words={historyWords}
        onChoose={(history) => onChange(history === "last" ? { history, history_last: last(settings) } : { history })}
      />
      {settings.history === "last" && (
        <label class="field">
          <span>How many of the last messages, at most 1,000</span>
          <input
            type="number"
            min={0}
            max={1000}
            required
            value={settings.history_last}
            onInput={(event) => onChange({ history_last: Math.round(event.currentTarget.valueAsNumber || 0) })}
          />
        </label>
      )}
      <Switch
        name="Announcements only"
        under="Only who may announce posts here."
        value={settings.announce_only}
        onChange={(announce_only) => onChange({ announce_only })}
      />
      <Switch
        name="Locked"
        under="Nothing changes, but by who may unlock it. One may still leave, and take back."
        value={settings.locked}
        onChange={(locked) => onChange({ locked })}
      />
      <Pick
        name="Slow mode: between two messages of one person"
        value={settings.slow_mode_ms}
        of={pauses}
        tell={(ms) => (ms ? lengthOf(ms) : "no pause")}
        onPick={number("slow_mode_ms")}
      />
      <Pick
        name="A message may be changed"
        value={settings.edit_window_ms}
        of={windows}
        tell={(ms) => (ms ? `for ${lengthOf(ms)}` : "at any time")}
        onPick={number("edit_window_ms")}
      />
      <Pick
        name="The longest message"
        value={settings.message_bytes}
        of={bytes}
        tell={(size) => `${size.toLocaleString("en")} bytes`}
        onPick={number("message_bytes")}
      />
    </fieldset>
  );
}

const last = (settings: Settings): number => settings.history_last || 50;

interface ChoiceProps<T extends string> {
  name: string;
  value: T;
  words: Readonly<Record<T, string>>;
  onChoose: (value: T) => void;
}

const Choice = <T extends string>({ name, value, words, onChoose }: ChoiceProps<T>) => (
  <fieldset class="lengths">
    <legend>{name}</legend>
    {(Object.entries(words) as [T, string][]).map(([one, word]) => (
      <label key={one}>
        <input type="radio" name={name} checked={value === one} onChange={() => onChoose(one)} />
        <span>{word}</span>
      </label>
    ))}
  </fieldset>
);

interface SwitchProps {
  name: string;
  under: string;
  value: boolean;
  onChange: (value: boolean) => void;
}

const Switch = ({ name, under, value, onChange }: SwitchProps) => (
  <label class="switch on-off">
    <span>
      <b>{name}</b>
      <small>{under}</small>
    </span>
    <input type="checkbox" role="switch" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
  </label>
);

interface PickProps {
  name: string;
  value: number;
  of: readonly number[];
  tell: (value: number) => string;
  onPick: (value: number) => void;
}

/** One of some; what was set elsewhere is among them. */
const Pick = ({ name, value, of, tell, onPick }: PickProps) => (
  <label class="field">
    <span>{name}</span>
    <select value={value} onChange={(event) => onPick(Number(event.currentTarget.value))}>
      {[...new Set([...of, value])]
        .sort((a, b) => a - b)
        .map((one) => (
          <option key={one} value={one} selected={one === value}>
            {tell(one)}
          </option>
        ))}
    </select>
  </label>
);
