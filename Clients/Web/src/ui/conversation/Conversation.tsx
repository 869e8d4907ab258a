import { useEffect, useMemo } from "preact/hooks";
import { lineOf } from "../../app/files.js";
import { useWaiting } from "../../app/reports.js";
import { follow } from "../../app/start.js";
import { link, me, typing, views } from "../../app/state.js";
import { nameOf } from "../../app/words.js";
import { announce, Reader } from "../announce.js";
import { setDesk } from "../keys.js";
import { lazy } from "../lazy.js";
import { aside } from "../panes.js";
import { Closed, useClosed } from "./Closed.js";
import { Composer } from "./Composer.js";
import { Desk } from "./desk.js";
import { Feed } from "./Feed.js";
import { Viewer } from "./Files.js";
import { Header } from "./Header.js";
import { Invitation } from "./Invitation.js";
import { Menu } from "./Menu.js";
import { Typing } from "./Typing.js";

const Aside = lazy(async () => (await import("../people/Aside.js")).Aside);

export function Conversation({ conversation, at }: { conversation: string; at: number | null }) {
  const isThere = views.value.has(conversation);
  if (isThere) return <Open conversation={conversation} at={at} />;
  return (
    <div class="talk nothing-here">
      {link.value === "open" ? <p>There is no such conversation, or it is not open to you.</p> : null}
    </div>
  );
}

function Open({ conversation, at }: { conversation: string; at: number | null }) {
  const desk = useMemo(() => new Desk(conversation, at), [conversation, at]);
  useEffect(() => {
    setDesk(desk);
    const stop = readAloud(conversation);
    return () => {
      stop();
      setDesk(null);
      desk.timeline.close();
    };
  }, [desk]);
  const view = desk.view.value;
  const closed = useClosed(view);
  const waiting = useWaiting(view);
  if (!view) return null;
  const writing = [...(typing.value.get(conversation)?.keys() ?? [])];
  return (
    <div class="talk">
      <div class="talk-main">
        <Header desk={desk} view={view} waiting={waiting} />
        <Feed desk={desk} at={at} />
        <Typing people={writing} conversation={conversation} />
        {!desk.isIn.value ? (
          <Invitation view={view} />
        ) : closed && !desk.editing.value ? (
          <Closed desk={desk} view={view} why={closed} />
        ) : (
          <Composer desk={desk} />
        )}
      </div>
      {aside.value === "people" && <Aside view={view} waiting={waiting} />}
      <Viewer />
      {desk.menu.value && <Menu desk={desk} message={desk.menu.value} />}
    </div>
  );
}

function readAloud(conversation: string): () => void {
  const reader = new Reader();
  return follow((changed, by) => {
    if (changed !== conversation) return;
    for (const seen of by) {
      if (seen.type === "message" && seen.by !== me.value && seen.body !== undefined)
        reader.read(`${nameOf(seen.by, conversation)}: ${lineOf(seen)}`);
      if (seen.type === "joined") announce(`${nameOf(seen.by)} came in`);
    }
  });
}
