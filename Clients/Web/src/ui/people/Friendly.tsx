import { useState } from "preact/hooks";
import { bonds, type FriendVerb } from "../../app/friends.js";
import { say } from "../../app/start.js";
import { nameOf } from "../../app/words.js";
import type { Bond } from "../../wire/types.js";
import { report } from "../dialogs.js";
import { Icon, type IconName } from "../Icon.js";
import { useWish } from "../Request.js";

const told: Readonly<Record<FriendVerb, (name: string) => string>> = {
  request: (name) => `${name} was asked.`,
  accept: (name) => `${name} and you are friends.`,
  decline: (name) => `${name} is not told that you said no.`,
  cancel: (name) => `You ask ${name} no more.`,
  remove: (name) => `${name} and you are friends no more.`,
  block: (name) => `${name} is blocked. They are not told.`,
  unblock: (name) => `${name} is blocked no more.`,
};

/** What is done between oneself and somebody, and what is said of it. */
export function useBond(person: string, onDone?: () => void) {
  const { wish, ...rest } = useWish("That did not work");
  const change = async (verb: FriendVerb): Promise<void> => {
    if (!(await wish({ area: "friend", id: person, verb, body: {} }))) return;
    say(told[verb](nameOf(person)));
    onDone?.();
  };
  return { change, ...rest };
}

interface Item {
  readonly verb: FriendVerb;
  readonly icon: IconName;
  readonly name: string;
}

function itemsOf(bond: Bond | undefined): readonly Item[] {
  if (bond?.blocked) return [{ verb: "unblock", icon: "undo", name: "Block them no more" }];
  const block: Item = { verb: "block", icon: "close", name: "Block…" };
  switch (bond?.state) {
    case "friend":
      return [{ verb: "remove", icon: "undo", name: "Be friends no more" }, block];
    case "asked":
      return [{ verb: "cancel", icon: "undo", name: "Take your request back" }, block];
    case "asks":
      return [
        { verb: "accept", icon: "check", name: "Be friends" },
        { verb: "decline", icon: "close", name: "Not now" },
        block,
      ];
    default:
      return [{ verb: "request", icon: "plus", name: "Ask to be friends" }, block];
  }
}

interface ItemsProps {
  person: string;
  /** Where they are met, if others look after it. */
  conversation: string | null;
  onDone: () => void;
}

/** What may be done between oneself and somebody, as items of a menu; a block is explained first. */
export function BondItems({ person, conversation, onDone }: ItemsProps) {
  const { change, isBusy, note } = useBond(person, onDone);
  const [isBlocking, setIsBlocking] = useState(false);
  if (isBlocking)
    return (
      <Blocking
        person={person}
        isBusy={isBusy}
        onBack={() => setIsBlocking(false)}
        onBlock={() => void change("block")}
      >
        {note}
      </Blocking>
    );
  return (
    <>
      {itemsOf(bonds.value.get(person)).map(({ verb, icon, name }) => (
        <button
          key={verb}
          type="button"
          class={verb === "block" ? "menu-item rose" : "menu-item"}
          disabled={isBusy}
          onClick={() => (verb === "block" ? setIsBlocking(true) : void change(verb))}
        >
          <Icon name={icon} /> {name}
        </button>
      ))}
      <button
        type="button"
        class="menu-item rose"
        onClick={() => (onDone(), report({ of: "person", person, conversation }))}
      >
        <Icon name="flag" /> Report…
      </button>
      {note}
    </>
  );
}

interface BlockingProps {
  person: string;
  isBusy: boolean;
  onBack: () => void;
  onBlock: () => void;
  children: preact.ComponentChildren;
}

/** What a block does, before it is done. */
function Blocking({ person, isBusy, onBack, onBlock, children }: BlockingProps) {
  const name = nameOf(person);
  return (
    <div class="blocking">
      <p>
        <b>Block {name}?</b> Nobody is told.
      </p>
      <ul>
        <li>Your talk with them is closed, both ways. It can still be read.</li>
        <li>Neither of you begins a talk with the other, or asks the other in.</li>
        <li>Where you both are in, neither sees what the other says.</li>
        <li>Neither sees the other write or read.</li>
        <li>If you are friends, you are no more.</li>
      </ul>
      <div class="ends">
        <button type="button" class="button outline" onClick={onBack}>
          Leave it
        </button>
        <button type="button" class="button action" disabled={isBusy} onClick={onBlock}>
          Block {name}
        </button>
      </div>
      {children}
    </div>
  );
}
