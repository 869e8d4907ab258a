import { go } from "../app/route.js";
import { ask, say } from "../app/start.js";
import { known } from "../app/people.js";
import { reasonOf } from "../app/refusals.js";
import { newId } from "../sync/ids.js";
import type { Receipt } from "../wire/types.js";
import { Face } from "./Face.js";
import { Icon } from "./Icon.js";

export function People() {
  const talk = async (person: string): Promise<void> => {
    const body = { kind: "direct", members: [person], client_id: newId() };
    const answer = await ask<Receipt>("conversation", "-", "create", body);
    if ("ok" in answer) go({ conversation: answer.ok.conversation });
    else say(`That did not begin: ${reasonOf(answer.refused)}.`);
  };
  return (
    <section class="page" aria-label="People">
      <h1>People</h1>
      <p class="hint">Whom you talk with. Friends, requests and links come here later.</p>
      {known.value.length === 0 && <p class="nothing">Nobody yet. Begin a conversation, and its people are here.</p>}
      <ul class="people">
        {known.value.map(({ person, name, about }) => (
          <li key={person}>
            <Face person={person} size={48} />
            <span>
              <b>{name}</b>
              {about && <small>{about}</small>}
            </span>
            <button type="button" class="round" aria-label={`Talk to ${name}`} onClick={() => void talk(person)}>
              <Icon name="talk" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
