import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { explain, talkTo, type Wished } from "../app/governing.js";
import { isAboutPower, reasonOf, ruleOf, wayOn } from "../app/refusals.js";
import { link, me, views } from "../app/state.js";
import { nameOf, titleOf } from "../app/words.js";
import { entryOf } from "../views/entry.js";
import type { Refusal } from "../wire/types.js";

interface Props {
  refusal: Refusal;
  /** What did not happen: "Not sent". */
  title: string;
  conversation: string;
  /** What was asked for, to find out who could help. */
  wished?: Wished | undefined;
  children?: ComponentChildren;
}

/** What was refused, in place: why, who can help, the rules in their order with the deciding one marked, a way on. */
export function RefusalNote({ refusal, title, conversation, wished, children }: Props) {
  const who = useWho(refusal, conversation, wished);
  const first = who?.[0];
  return (
    <section class="refusal" role="alert">
      <h3>
        {title}: {reasonOf(refusal, conversation)}.
      </h3>
      <p>{wayOn(refusal, conversation, who)}</p>
      {(children || first) && (
        <div class="ways">
          {children}
          {first && (
            <button
              type="button"
              class="button outline"
              onClick={() => void talkTo(first, `About ${here(conversation)}: `)}
            >
              Ask {nameOf(first, conversation)}
            </button>
          )}
        </div>
      )}
      <Because rules={refusal.because} conversation={conversation} />
    </section>
  );
}

/** Rules as a numbered list, the one that decided marked. */
export function Because({ rules, conversation }: { rules: readonly string[]; conversation: string }) {
  const deciding = rules.length - 1;
  if (deciding < 0) return null;
  return (
    <ol class="because">
      {rules.map((rule, index) => (
        <li key={rule} class={index === deciding ? "deciding" : ""}>
          <span>
            {ruleOf(rule, conversation)}
            {index === deciding && <span class="sr-only"> This one decided.</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function here(conversation: string): string {
  const view = views.value.get(conversation);
  const entry = view && entryOf(view);
  return entry ? titleOf(entry) : "this";
}

/** Those who hold what is missing, as the host says; unknown until it did. */
function useWho(refusal: Refusal, conversation: string, wished: Wished | undefined): readonly string[] | undefined {
  const [who, setWho] = useState<readonly string[] | undefined>(undefined);
  useEffect(() => {
    const isAsked = wished && conversation !== "-" && isAboutPower(refusal) && link.value === "open";
    if (!isAsked) return;
    let isOver = false;
    void explain(conversation, wished).then((answer) => {
      if (!isOver && "ok" in answer && answer.ok.who) setWho(answer.ok.who.filter((one) => one !== me.value));
    });
    return () => void (isOver = true);
  }, [refusal, conversation, link.value]);
  return who;
}
