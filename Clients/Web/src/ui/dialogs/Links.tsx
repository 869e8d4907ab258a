import { useEffect, useState } from "preact/hooks";
import { lengthOf } from "../../app/permits.js";
import { reasonOf } from "../../app/refusals.js";
import { addressOf } from "../../app/route.js";
import { ask, say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { sinceTime } from "../../app/times.js";
import { counted, nameOf } from "../../app/words.js";
import type { Link, LinksPage } from "../../wire/governing.js";
import type { Answer } from "../../wire/types.js";
import { useChange } from "../Request.js";

const day = 86_400_000;
const lengths = [day, 7 * day, 30 * day, null];
const uses = [1, 5, 25, null];

/** What nobody guesses, for a link that lets people in: 128 random bits. */
const newLink = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Links that let people in: those there are, and one more. */
export function Links({ conversation }: { conversation: string }) {
  const [answer, setAnswer] = useState<Answer<LinksPage> | null>(null);
  const [length, setLength] = useState<number | null>(7 * day);
  const [most, setMost] = useState<number | null>(null);
  const { change, isBusy, note } = useChange(conversation, "No link was made");
  const load = (): void => void ask<LinksPage>("conversation", conversation, "links", {}).then(setAnswer);
  useEffect(load, [conversation]);
  const make = async (): Promise<void> => {
    const link = newLink();
    const bounds = { ...(length === null ? {} : { for_ms: length }), ...(most === null ? {} : { max_uses: most }) };
    if (!(await change({ verb: "link", link, ...bounds }))) return;
    copy(conversation, link);
    load();
  };
  const drop = async (link: string): Promise<void> => {
    if (await change({ verb: "unlink", link })) load();
  };
  return (
    <section class="links" aria-label="Links">
      <h3>Or send a link</h3>
      <div class="link-terms">
        <Pick
          name="It is good for"
          of={lengths}
          value={length}
          tell={(ms) => (ms ? lengthOf(ms) : "ever")}
          onPick={setLength}
        />
        <Pick name="It lets in" of={uses} value={most} tell={(n) => (n ? `${n}` : "anybody")} onPick={setMost} />
        <button type="button" class="button action" disabled={isBusy} onClick={() => void make()}>
          Make a link
        </button>
      </div>
      {note}
      {answer && "refused" in answer && <p class="hint">The links can't be listed: {reasonOf(answer.refused)}.</p>}
      {answer && "ok" in answer && (
        <ul>
          {answer.ok.links.map((link) => (
            <li key={link.link}>
              <span>
                <b>{termsOf(link)}</b>
                <small>
                  by {link.by === me.value ? "you" : nameOf(link.by, conversation)} ·{" "}
                  {counted(link.uses, "person has come", "people have come")} by it
                </small>
              </span>
              <button type="button" class="button quiet small" onClick={() => copy(conversation, link.link)}>
                Copy
              </button>
              <button
                type="button"
                class="button outline small rose"
                disabled={isBusy}
                onClick={() => void drop(link.link)}
              >
                Drop
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function termsOf({ until, max_uses, uses }: Link): string {
  if (until !== undefined && until <= Date.now()) return "Has expired";
  if (max_uses !== undefined && uses >= max_uses) return "Has been used up";
  const left = max_uses === undefined ? "Lets anybody in" : `Lets ${max_uses - uses} more in`;
  return until === undefined ? left : `${left}, until ${sinceTime(until)}`;
}

function copy(conversation: string, link: string): void {
  const address = addressOf(conversation, link);
  const told = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("no clipboard"));
  told.then(
    () => say("The link is copied. Whoever has it can come in."),
    () => say(`The link: ${address}`),
  );
}

interface PickProps {
  name: string;
  of: readonly (number | null)[];
  value: number | null;
  tell: (value: number | null) => string;
  onPick: (value: number | null) => void;
}

const Pick = ({ name, of, value, tell, onPick }: PickProps) => (
  <label class="field">
    <span>{name}</span>
    <select value={value ?? ""} onChange={(event) => onPick(Number(event.currentTarget.value) || null)}>
      {of.map((one) => (
        <option key={one} value={one ?? ""}>
          {tell(one)}
        </option>
      ))}
    </select>
  </label>
);
