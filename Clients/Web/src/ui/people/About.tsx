import { go } from "../../app/route.js";
import { me } from "../../app/state.js";
import type { ConversationView } from "../../views/entry.js";
import { powersNow } from "../../views/powers.js";
import { report } from "../dialogs.js";
import { Icon } from "../Icon.js";
import { OneField, useChange } from "../Request.js";
import { aside } from "../panes.js";

/** What it is called, what one is called there oneself, and the way out. */
export function About({ view }: { view: ConversationView }) {
  const { state, conversation } = view;
  const mine = state.members.get(me.value);
  const isOfMany = state.kind !== "direct";
  return (
    <>
      {isOfMany && powersNow(state, me.value, Date.now()).has("rename") && <Naming key={conversation} view={view} />}
      {mine && <MyName key={`n${conversation}`} conversation={conversation} nickname={mine.nickname ?? ""} />}
      {state.kind === "channel" && (
        <p class="hint">
          Others come in with this: <code>{conversation}</code>
        </p>
      )}
      {mine && (
        <section>
          <button type="button" class="button quiet" onClick={() => report({ of: "conversation", conversation })}>
            <Icon name="flag" size={18} /> Report conversation…
          </button>
        </section>
      )}
      {mine && isOfMany && <Leave conversation={conversation} />}
    </>
  );
}

function Naming({ view }: { view: ConversationView }) {
  const name = useChange(view.conversation, "Not renamed");
  const topic = useChange(view.conversation, "Not changed");
  return (
    <section>
      <h3>What it is</h3>
      <OneField
        label="Name"
        value={view.state.name ?? ""}
        action="Rename"
        isDisabled={name.isBusy}
        onSave={(value) => void name.change({ verb: "rename", name: value })}
      >
        {name.note}
      </OneField>
      <OneField
        label="What it is about"
        value={view.state.topic ?? ""}
        action="Save"
        isDisabled={topic.isBusy}
        onSave={(value) => void topic.change({ verb: "topic", topic: value })}
      >
        {topic.note}
      </OneField>
    </section>
  );
}

function MyName({ conversation, nickname }: { conversation: string; nickname: string }) {
  const { change, isBusy, note } = useChange(conversation, "Not changed");
  return (
    <section>
      <h3>You, here</h3>
      <OneField
        label="What you are called here"
        value={nickname}
        action="Save"
        isDisabled={isBusy}
        onSave={(value) => void change({ verb: "nickname", nickname: value })}
      >
        {note}
      </OneField>
    </section>
  );
}

function Leave({ conversation }: { conversation: string }) {
  const { change, isBusy, note } = useChange(conversation, "You are still in");
  const leave = async (): Promise<void> => {
    if (!(await change({ verb: "leave" }))) return;
    aside.value = null;
    go({ place: "talks" });
  };
  return (
    <section>
      <button type="button" class="button outline rose" disabled={isBusy} onClick={() => void leave()}>
        Leave
      </button>
      {note}
    </section>
  );
}
