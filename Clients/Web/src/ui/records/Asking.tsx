import { useState } from "preact/hooks";
import { inRoom } from "../../app/house/actions.js";
import { plain } from "../../app/house/refusals.js";
import { say } from "../../app/start.js";
import { me, views } from "../../app/state.js";
import { nameOf, titleOf } from "../../app/words.js";
import { entryOf } from "../../views/entry.js";
import type { RoomView } from "../../wire/house.js";
import { Dialog } from "../Dialog.js";

/** What a conversation that one is in is called. */
function titled(conversation: string): string {
  const held = views.value.get(conversation);
  const entry = held && entryOf(held);
  return entry ? titleOf(entry) : "a conversation";
}

/** The conversations that all inside are in, but for channels. */
const shared = (view: RoomView): readonly string[] =>
  [...views.value.values()]
    .filter(({ state }) => state.kind === "group" || state.kind === "direct")
    .filter(({ state }) => view.occupants.every(({ person }) => state.members.has(person)))
    .map(({ conversation }) => conversation);

/** Where a record is wished for, who wants it, and one's own part in it. */
export function Asking({ view, onClose }: { view: RoomView; onClose: () => void }) {
  const { wish } = view;
  const [note, setNote] = useState("");
  const keep = async (conversation?: string): Promise<void> => {
    const answer = await inRoom("keep", conversation ? { conversation } : {});
    if ("refused" in answer) return setNote(plain(answer.refused));
    say(conversation ? "You want a record, if all do." : "You want no record.");
    onClose();
  };
  const among = shared(view);
  const isMine = wish?.agreed.includes(me.value) === true;
  const others = among.filter((conversation) => conversation !== wish?.conversation);
  return (
    <Dialog
      title="A record of this party"
      under="Who was here, from when to when, and what was played: not what was said. Only if all want it."
      onClose={onClose}
    >
      {wish && <State view={view} />}
      {!wish && among.length === 0 && <p>There is no group that all of you are in.</p>}
      {note && (
        <p class="door-note" role="alert">
          {note}
        </p>
      )}
      <div class="ends">
        {isMine && (
          <button type="button" class="button quiet" onClick={() => void keep()}>
            I want none
          </button>
        )}
        {wish && (!isMine || wish.asked.length < view.occupants.length) && (
          <button type="button" class="button lamp" onClick={() => void keep(wish.conversation)}>
            {isMine ? "Ask the others, too" : "I want it, too"}
          </button>
        )}
        {others.slice(0, 6).map((conversation) => (
          <button key={conversation} type="button" class="button outline" onClick={() => void keep(conversation)}>
            In {titled(conversation)}
          </button>
        ))}
      </div>
    </Dialog>
  );
}

/** Where it is to stand, who wants it and who has not said so. */
function State({ view: { wish, occupants } }: { view: RoomView }) {
  if (!wish) return null;
  const missing = occupants.map(({ person }) => person).filter((person) => !wish.agreed.includes(person));
  const names = (people: readonly string[]): string =>
    people.map((person) => (person === me.value ? "you" : nameOf(person))).join(", ");
  return (
    <p>
      In {titled(wish.conversation)}. Wanted by: {names(wish.agreed)}.{" "}
      {missing.length > 0 && <>Not said yet: {names(missing)}. </>}
      {wish.lost === true && "Somebody left without wanting it: there will be none."}
    </p>
  );
}
