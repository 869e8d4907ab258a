import { useEffect, useState } from "preact/hooks";
import { newId } from "../sync/ids.js";
import type { Explained, Outcome } from "../wire/governing.js";
import type { Answer, Command, Receipt } from "../wire/types.js";
import { setDraft } from "./drafts.js";
import { go } from "./route.js";
import { ask, follow, say } from "./start.js";
import { drafts } from "./state.js";

/** What an explanation is asked of: a command, or why one sees nothing of before. */
export type Wished = Command | { readonly verb: "history" };

/** By which rules something may or may not be done, and who could let one; it does nothing. */
export const explain = (conversation: string, wished: Wished): Promise<Answer<Explained>> =>
  ask<Explained>("conversation", conversation, "explain", posed(wished));

/** What a change would come to; it does nothing either. */
export const whatIf = (conversation: string, command: Command): Promise<Answer<Outcome>> =>
  ask<Outcome>("conversation", conversation, "what_if", posed(command));

const posed = ({ verb, ...fields }: Wished): object => ({ verb, with: fields });

/** Whether each of some things may be done, as the host says; false until it said so. */
export function useAllowed(conversation: string, wishes: readonly Command[]): readonly boolean[] {
  const what = JSON.stringify(wishes);
  const [allowed, setAllowed] = useState<readonly boolean[]>([]);
  useEffect(() => {
    let isOver = false;
    void Promise.all(wishes.map((one) => explain(conversation, one))).then((answers) => {
      if (!isOver) setAllowed(answers.map((answer) => "ok" in answer && answer.ok.allowed));
    });
    return () => void (isOver = true);
  }, [conversation, what]);
  return allowed;
}

/** Calls now, and again after each of some sorts of events in a conversation. */
export function useAfter(conversation: string, types: readonly string[], load: () => void): void {
  useEffect(() => {
    load();
    return follow((changed, by) => {
      if (changed === conversation && by.some((seen) => types.includes(seen.type))) load();
    });
  }, [conversation]);
}

/** Opens the talk with somebody, with words to begin with where nothing was begun there. */
export async function talkTo(person: string, words = ""): Promise<void> {
  const body = { kind: "direct", members: [person], client_id: newId() };
  const answer = await ask<Receipt>("conversation", "-", "create", body);
  if (!("ok" in answer)) return say("That did not begin. Try again in a moment.");
  const { conversation } = answer.ok;
  if (words && !drafts.value.get(conversation)) setDraft(conversation, words);
  go({ conversation });
}
