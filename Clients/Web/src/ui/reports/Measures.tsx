import { useState } from "preact/hooks";
import { say } from "../../app/start.js";
import { me, views } from "../../app/state.js";
import { useSuspension } from "../../app/suspending.js";
import type { ConversationView } from "../../views/entry.js";
import { mayTakeBack, powersNow } from "../../views/powers.js";
import type { Report } from "../../wire/reports.js";
import type { Message } from "../../wire/types.js";
import { Icon } from "../Icon.js";
import { Limit } from "../people/Limit.js";
import { itemsOf, type Item } from "../people/measures.js";
import { Suspending } from "../people/Suspending.js";
import { useChange } from "../Request.js";

type Limiting = "timeout" | "kick" | "ban";

interface Possible {
  /** Where it was said, or else where it was reported. */
  readonly conversation: string;
  readonly person: string | null;
  readonly items: readonly (Item & { readonly step: Limiting })[];
  /** The message, where one may take it back. */
  readonly seq: number | null;
  /** Whether one may close somebody out of the house, if those who handle the report are the staff. */
  readonly isOfHouse: boolean;
}

const isLimiting = (item: Item): item is Item & { step: Limiting } => ["timeout", "kick", "ban"].includes(item.step);

/** What one may do oneself about what is reported, where one is in. */
export function measuresOf(view: ConversationView, report: Report, message: Message | null): Possible {
  const place = views.value.get(report.conversation ?? view.conversation);
  const person = report.about ?? null;
  const now = Date.now();
  const isIn = place && person !== null && place.state.members.has(person);
  const isTheirs = place && message?.body !== undefined && mayTakeBack(place.state, me.value, message.by, now);
  return {
    conversation: place?.conversation ?? view.conversation,
    person,
    items: isIn ? itemsOf(place.state, person, now).filter(isLimiting) : [],
    seq: isTheirs ? message.seq : null,
    isOfHouse: person !== null && person !== me.value && powersNow(view.state, me.value, now).has("ban"),
  };
}

interface Props {
  possible: Possible;
  onBack: () => void;
  onDone: (told: string) => void;
}

/** The ways to act, and the one that is chosen. */
export function Measures({ possible, onBack, onDone }: Props) {
  const { conversation, person, items, seq, isOfHouse } = possible;
  const [step, setStep] = useState<Limiting | null>(null);
  const { change, isBusy, note } = useChange(conversation, "Not taken back");
  const held = useSuspension(isOfHouse ? person : null);
  if (step && person !== null)
    return (
      <Limit conversation={conversation} person={person} what={step} onBack={() => setStep(null)} onDone={onDone} />
    );
  const takeBack = async (): Promise<void> => {
    if (seq !== null && (await change({ verb: "redact", seq }))) onDone("The message is taken back.");
  };
  return (
    <div class="menu-items">
      {seq !== null && (
        <button type="button" class="menu-item" disabled={isBusy} onClick={() => void takeBack()}>
          <Icon name="undo" /> Take the message back
        </button>
      )}
      {items.map(({ step: one, icon, name }) => (
        <button key={one} type="button" class="menu-item" onClick={() => setStep(one)}>
          <Icon name={icon} /> {name}
        </button>
      ))}
      {person !== null && held && (
        <Suspending
          person={person}
          held={held}
          onDone={(told, isOut) => (isOut ? onDone(told) : (say(told), onBack()))}
        />
      )}
      {items.length === 0 && seq === null && held === null && (
        <p class="hint">There is nothing about it that you could do yourself.</p>
      )}
      <button type="button" class="menu-item" onClick={onBack}>
        <Icon name="back" /> Leave it
      </button>
      {note}
    </div>
  );
}
