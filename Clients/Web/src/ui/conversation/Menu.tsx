import { lineOf } from "../../app/files.js";
import { announce } from "../announce.js";
import { say } from "../../app/start.js";
import { hashOf } from "../../app/route.js";
import { clockOf } from "../../app/times.js";
import { youOr } from "../../app/words.js";
import { timeOf } from "../../views/entry.js";
import type { Message } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { report } from "../dialogs.js";
import { Icon, type IconName } from "../Icon.js";
import type { Desk } from "./desk.js";
import { more, quick } from "./emoji.js";
import { edit, reply } from "./Tools.js";

/** Everything that can be done with a message. */
export function Menu({ desk, message }: { desk: Desk; message: Message }) {
  const close = (): void => {
    desk.menu.value = null;
  };
  const done = (what: () => void) => (): void => {
    close();
    what();
  };
  const react = (emoji: string) => done(() => desk.react(message, emoji));
  const link = `${location.origin}${location.pathname}${hashOf({ conversation: desk.conversation, at: message.seq })}`;
  return (
    <Dialog title={`${youOr(message.by, desk.conversation)}, ${clockOf(timeOf(message))}`} onClose={close} isSmall>
      <p class="menu-words">{lineOf(message)}</p>
      <div class="emoji-grid" role="group" aria-label="React">
        {[...quick, ...more].map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-pressed={message.reactions?.some((one) => one.emoji === emoji && isHere(one.people, desk)) ?? false}
            onClick={react(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
      <div class="menu-items">
        <Item icon="reply" name="Reply" onClick={done(() => reply(desk, message))} />
        {desk.mayEdit(message) && <Item icon="edit" name="Edit" onClick={done(() => edit(desk, message))} />}
        <Item icon="copy" name="Copy the words" onClick={done(() => copy(message.body ?? "", "Copied."))} />
        <Item icon="talk" name="Copy a link to it" onClick={done(() => copy(link, "The link is copied."))} />
        {desk.mayReport(message) && (
          <Item
            icon="flag"
            name="Report message…"
            isRose
            onClick={done(() => report({ of: "message", message, conversation: desk.conversation }))}
          />
        )}
        {desk.mayTakeBack(message) && (
          <Item icon="undo" name="Take back" isRose onClick={done(() => desk.takeBack(message))} />
        )}
      </div>
    </Dialog>
  );
}

const isHere = (people: readonly string[], desk: Desk): boolean => people.includes(desk.view.value?.viewer ?? "");

function copy(text: string, told: string): void {
  void navigator.clipboard?.writeText(text).then(() => {
    say(told);
    announce(told);
  });
}

interface ItemProps {
  icon: IconName;
  name: string;
  isRose?: boolean;
  onClick: () => void;
}

const Item = ({ icon, name, isRose, onClick }: ItemProps) => (
  <button type="button" class={isRose ? "menu-item rose" : "menu-item"} onClick={onClick}>
    <Icon name={icon} /> {name}
  </button>
);
