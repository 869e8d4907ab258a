import { useEffect, useState } from "preact/hooks";
import { permitName } from "../../app/permits.js";
import { reasonOf } from "../../app/refusals.js";
import { ask } from "../../app/start.js";
import { sinceTime } from "../../app/times.js";
import { nameOf, youOr } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import type { AuditLine, AuditPage } from "../../wire/governing.js";
import type { Refusal } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { Face } from "../Face.js";
import { LookBack } from "./LookBack.js";

const did: Readonly<Record<string, string>> = {
  renamed: "gave it another name",
  topic_set: "said what it is about",
  invited: "asked people in",
  joined: "came by a link",
  redacted: "took a message back of",
  pinned: "pinned a message",
  unpinned: "took a pin off",
  settings_changed: "changed the settings",
  role_set: "changed a role",
  role_dropped: "dropped a role",
  roles_assigned: "gave roles to",
  ownership_transferred: "made the owner",
  kicked: "put out",
  banned: "keeps out",
  unbanned: "let back",
  timed_out: "changed the word of",
  uninvited: "took back the invitation of",
  link_made: "made a link",
  words_set: "changed the rules about words",
  link_dropped: "dropped a link",
};

/** What let them, where it was no permission. */
const rules: Readonly<Record<string, string>> = {
  owner: "as the owner",
  "link.valid": "let in by it",
  "link.own": "their own",
  "invitation.own": "their own",
  "knock.own": "their own knock",
};

/** Who did what to whom, why and by which rule; the newest first. */
export function Done({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { conversation } = view;
  const [lines, setLines] = useState<readonly AuditLine[]>([]);
  const [isMore, setIsMore] = useState(true);
  const [isBack, setIsBack] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = async (): Promise<void> => {
    const before = lines.at(-1)?.version;
    const body = { limit: 50, ...(before === undefined ? {} : { before }) };
    const answer = await ask<AuditPage>("conversation", conversation, "audit", body);
    if ("refused" in answer) return setRefusal(answer.refused);
    setRefusal(null);
    setLines([...lines, ...answer.ok.done]);
    setIsMore(answer.ok.more);
  };
  useEffect(() => void load(), [conversation]);
  if (isBack)
    return (
      <Dialog title="Looking back" under="As somebody could see it, after any of its versions." onClose={onClose}>
        <LookBack view={view} />
      </Dialog>
    );
  return (
    <Dialog
      title="What was done"
      under="Everything that was done to this conversation and its people."
      onClose={onClose}
    >
      {(lines.length > 0 || !isMore) && (
        <button type="button" class="button outline" onClick={() => setIsBack(true)}>
          Look back…
        </button>
      )}
      {refusal && <p class="hint">It can't be told: {reasonOf(refusal, conversation)}.</p>}
      {lines.length === 0 && !isMore && <p class="nothing">Nothing yet but talk.</p>}
      <ol class="done">
        {lines.map((line) => (
          <Line key={line.version} line={line} conversation={conversation} />
        ))}
      </ol>
      {isMore && lines.length > 0 && (
        <button type="button" class="button quiet" onClick={() => void load()}>
          Earlier
        </button>
      )}
    </Dialog>
  );
}

function Line({ line, conversation }: { line: AuditLine; conversation: string }) {
  const whom = line.person === undefined ? "" : ` ${nameOf(line.person, conversation)}`;
  const rule = line.because.at(-1) ?? "";
  const permission = /^permission\.(.+)$/.exec(rule)?.[1];
  return (
    <li>
      <Face person={line.by} size={32} />
      <span>
        <b>{youOr(line.by, conversation)}</b> {did[line.what] ?? line.what}
        {whom}
        {line.reason && <q>{line.reason}</q>}
        <small>
          {sinceTime(line.at)} · {permission ? `may “${permitName(permission)}”` : (rules[rule] ?? rule)}
        </small>
      </span>
    </li>
  );
}
