import type { ComponentChildren } from "preact";
import { nameOf } from "../../app/words.js";
import { me } from "../../app/state.js";

const pattern = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])|\*\*([^*\n]+)\*\*|`([^`\n]+)`|(@[\p{L}\p{N}_-]+)/gu;

interface Props {
  body: string;
  mentions: readonly string[];
  everyone: boolean;
  conversation: string;
}

/** What was said: links, bold, code, and who is called by name. Everything else is as it was written. */
export const Words = (props: Props) => <>{wordsOf(props)}</>;

/** The same without a component of its own, of which a list that scrolls would make one for each bubble. */
export function wordsOf({ body, mentions, everyone, conversation }: Props): ComponentChildren {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of body.matchAll(pattern)) {
    const [whole, url, bold, code, called] = match;
    const part = url ? (
      <a href={url} target="_blank" rel="noopener noreferrer">
        {url}
      </a>
    ) : bold ? (
      <b>{bold}</b>
    ) : code ? (
      <code>{code}</code>
    ) : (
      called && mention(called, mentions, everyone, conversation)
    );
    if (!part) continue;
    parts.push(body.slice(from, match.index), part);
    from = match.index + whole.length;
  }
  if (from === 0) return body;
  parts.push(body.slice(from));
  return parts;
}

function mention(
  called: string,
  mentions: readonly string[],
  everyone: boolean,
  conversation: string,
): ComponentChildren {
  const name = called.slice(1).toLowerCase();
  if (everyone && name === "everyone") return <span class="mention me">@everyone</span>;
  const person = mentions.find((one) => one.toLowerCase() === name || nameOf(one, conversation).toLowerCase() === name);
  return person ? (
    <span class={person === me.value ? "mention me" : "mention"}>@{nameOf(person, conversation)}</span>
  ) : null;
}
