import { useEffect, useState } from "preact/hooks";
import { ask, say } from "../app/start.js";
import { account, link } from "../app/state.js";
import { dayName, shortTime } from "../app/times.js";
import { reasonOf } from "../app/refusals.js";
import type { Answer, Device } from "../wire/types.js";
import { useWish } from "./Request.js";

/** Where one is signed in, and the way to close one of them out. */
export function Devices() {
  const [answer, setAnswer] = useState<Answer<{ devices: readonly Device[] }> | null>(null);
  const { wish, isBusy, note } = useWish("Not signed out");
  const load = (): void => void ask<{ devices: readonly Device[] }>("device", "-", "list", {}).then(setAnswer);
  useEffect(load, [link.value]);
  const revoke = async (device: string): Promise<void> => {
    if (!(await wish({ area: "device", id: device, verb: "revoke", body: {} }))) return;
    say(`${device} is signed out.`);
    load();
  };
  if (!answer) return null;
  if ("refused" in answer)
    return (
      <p class="hint">
        Your devices can't be listed: {reasonOf(answer.refused)}.{" "}
        <button type="button" class="button quiet" onClick={load}>
          Try again
        </button>
      </p>
    );
  return (
    <>
      <ul class="devices">
        {answer.ok.devices.map((one) => (
          <li key={one.device}>
            <span>
              <b>{one.device}</b>
              <small>{under(one)}</small>
            </span>
            {one.device !== account.value?.device && one.revoked_at === undefined && (
              <button
                type="button"
                class="button outline rose"
                aria-label={`Sign out ${one.device}`}
                disabled={isBusy}
                onClick={() => void revoke(one.device)}
              >
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
      {note}
    </>
  );
}

function under({ device, live, seen_at, revoked_at }: Device): string {
  if (device === account.value?.device) return "this one";
  if (revoked_at !== undefined && (seen_at === undefined || seen_at <= revoked_at))
    return `signed out ${shortTime(revoked_at)}`;
  if (live) return "here now";
  return seen_at === undefined ? "never here" : `last here ${dayName(seen_at)}, ${shortTime(seen_at)}`;
}
