import type { ComponentChildren } from "preact";
import { reasonOf, ruleOf, wayOn } from "../app/refusals.js";
import type { Refusal } from "../wire/types.js";

interface Props {
  refusal: Refusal;
  /** What did not happen: "Not sent". */
  title: string;
  conversation: string;
  children?: ComponentChildren;
}

/** What was refused, in place: why, who can help, the rules in their order with the deciding one marked, a way on. */
export function RefusalNote({ refusal, title, conversation, children }: Props) {
  const deciding = refusal.because.length - 1;
  return (
    <section class="refusal" role="alert">
      <h3>
        {title}: {reasonOf(refusal)}.
      </h3>
      <p>{wayOn(refusal, conversation)}</p>
      {children && <div class="ways">{children}</div>}
      {refusal.because.length > 0 && (
        <ol>
          {refusal.because.map((rule, index) => (
            <li key={rule} class={index === deciding ? "deciding" : ""}>
              {ruleOf(rule)}
              {index === deciding && <span class="sr-only"> This one decided.</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
