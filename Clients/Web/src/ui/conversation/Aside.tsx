import { go } from "../../app/route.js";
import { say } from "../../app/start.js";
import { me } from "../../app/state.js";
import { counted, nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { Face } from "../Face.js";
import { Icon } from "../Icon.js";
import { PeoplePicker } from "../PeoplePicker.js";
import { OneField, useChange } from "../Request.js";
import { isAsideOpen } from "../Shell.js";

/** Beside the conversation: who is in, who was asked, what it is called. */
export function Aside({ view }: { view: ConversationView }) {
  const { state, conversation } = view;
  const mine = state.members.get(me.value);
  const mayName = state.kind === "group" || (state.kind === "channel" && mine?.role === "owner");
  return (
    <aside class="aside" aria-label="People and settings">
      <header>
        <div>
          <h2>People</h2>
          <p>{counted(state.memberCount, "person is in", "people are in")}</p>
        </div>
        <button type="button" class="round" aria-label="Close" onClick={() => (isAsideOpen.value = false)}>
          <Icon name="close" />
        </button>
      </header>
      <ul class="members">
        {[...state.members].map(([person, member]) => (
          <li key={person}>
            <Face person={person} size={36} />
            <b>{nameOf(person, conversation)}</b>
            {person === me.value && <span class="tag">you</span>}
            {member.role === "owner" && state.kind !== "direct" && <span class="tag lamp">owner</span>}
          </li>
        ))}
        {[...state.invited].map((person) => (
          <li key={person} class="asked">
            <Face person={person} size={36} />
            <b>{nameOf(person)}</b>
            <span class="tag">asked in</span>
          </li>
        ))}
      </ul>
      {mine && state.kind !== "direct" && <Invite conversation={conversation} state={state} />}
      {mine && mayName && <Naming key={conversation} view={view} />}
      {mine && <MyName key={`n${conversation}`} conversation={conversation} nickname={mine.nickname ?? ""} />}
      {state.kind === "channel" && (
        <p class="hint">
          Others come in with this: <code>{conversation}</code>
        </p>
      )}
      {mine && state.kind !== "direct" && <Leave conversation={conversation} />}
    </aside>
  );
}

function Invite({ conversation, state }: { conversation: string; state: ConversationView["state"] }) {
  const { change, isBusy, note } = useChange(conversation, "Nobody was asked");
  const invite = async (people: readonly string[]): Promise<void> => {
    if (await change({ verb: "invite", people })) say(`Asked: ${people.map((person) => nameOf(person)).join(", ")}`);
  };
  return (
    <section>
      <h3>Ask somebody in</h3>
      <PeoplePicker
        action="Ask in"
        isBusy={isBusy}
        without={(person) => state.members.has(person) || state.invited.has(person)}
        onDone={(people) => void invite(people)}
      />
      {note}
    </section>
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
    isAsideOpen.value = false;
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
