import type { ComponentChildren } from "preact";
import { lineOf } from "../../app/files.js";
import { profiles, views } from "../../app/state.js";
import { sinceTime } from "../../app/times.js";
import { counted, nameOf, titleOf, youOr } from "../../app/words.js";
import { entryOf, timeOf } from "../../views/entry.js";
import type { Message } from "../../wire/types.js";
import { ConversationFace } from "../ConversationFace.js";
import { Face } from "../Face.js";

interface MessageProps {
  message: Message;
  conversation: string;
  children?: ComponentChildren;
}

/** A message that is reported, as a quote. */
export const ReportedMessage = ({ message, conversation, children }: MessageProps) => (
  <div class="reported">
    <Face person={message.by} size={36} />
    <span>
      <b>{youOr(message.by, conversation)}</b> <time>{sinceTime(timeOf(message))}</time>
      {message.body === undefined ? <i>This message was taken back.</i> : <q>{lineOf(message)}</q>}
    </span>
    {children}
  </div>
);

interface UnseenProps {
  about: string | undefined;
  conversation: string;
  children?: ComponentChildren;
}

/** A message whose words one may not see; whose it is, who handles reports may know. */
export function Unseen({ about, conversation, children }: UnseenProps) {
  const isIn = views.value.has(conversation);
  return (
    <div class="reported">
      {about !== undefined && <Face person={about} size={36} />}
      <span>
        A message{about === undefined ? "" : ` of ${nameOf(about)}`}
        {isIn ? " that you are not shown" : ", in a talk that you are not in"}
        {!isIn && <small>{conversation}</small>}
      </span>
      {children}
    </div>
  );
}

/** Somebody who is reported. */
export const ReportedPerson = ({ person, conversation }: { person: string; conversation: string | null }) => (
  <div class="reported">
    <Face person={person} size={36} />
    <span>
      <b>{youOr(person, conversation ?? undefined)}</b>
      <small>{profiles.value.get(person)?.about ?? "as a person"}</small>
    </span>
  </div>
);

/** A whole conversation that is reported. */
export function ReportedPlace({ conversation }: { conversation: string }) {
  const view = views.value.get(conversation);
  const entry = view && entryOf(view);
  if (!entry)
    return (
      <p class="reported">
        <span>
          All of a talk that you are not in
          <small>{conversation}</small>
        </span>
      </p>
    );
  const { memberCount } = view.state;
  return (
    <div class="reported">
      <ConversationFace entry={entry} size={36} />
      <span>
        <b>{placeName(conversation)}</b>
        <small>all of it{memberCount > 0 ? `, ${counted(memberCount, "person", "people")}` : ""}</small>
      </span>
    </div>
  );
}

/** What a place is called, also one that one does not know. */
export function placeName(conversation: string): string {
  const view = views.value.get(conversation);
  const entry = view && entryOf(view);
  if (!entry) return "another conversation";
  return entry.kind === "direct" ? `Your talk with ${titleOf(entry)}` : titleOf(entry);
}
