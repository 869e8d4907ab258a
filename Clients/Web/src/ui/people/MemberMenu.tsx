import { useState } from "preact/hooks";
import { talkTo } from "../../app/governing.js";
import { say } from "../../app/start.js";
import { nameOf } from "../../app/words.js";
import type { ConversationView } from "../../views/entry.js";
import { isSilent } from "../../views/powers.js";
import type { Command } from "../../wire/types.js";
import { Dialog } from "../Dialog.js";
import { Icon } from "../Icon.js";
import { useChange } from "../Request.js";
import { BondItems } from "./Friendly.js";
import { HouseItems } from "./HouseItems.js";
import { Limit } from "./Limit.js";
import { itemsOf, type Step } from "./measures.js";
import { RolesOf } from "./RolesOf.js";
import { WhatIf } from "../govern/WhatIf.js";

interface Props {
  view: ConversationView;
  person: string;
  onClose: () => void;
}

export function MemberMenu({ view, person, onClose }: Props) {
  const [step, setStep] = useState<Step | null>(null);
  const name = nameOf(person, view.conversation);
  const done = (told: string): void => {
    onClose();
    say(told);
  };
  const titles: Readonly<Record<Step, string>> = {
    roles: `${name}'s roles`,
    timeout: `Take the word from ${name}`,
    kick: `Put ${name} out`,
    ban: `Keep ${name} out`,
    transfer: `Make ${name} the owner`,
  };
  const back = (): void => setStep(null);
  return (
    <Dialog title={step ? titles[step] : name} onClose={onClose} isSmall={step !== "roles" && step !== "transfer"}>
      {step === null && <Items view={view} person={person} onStep={setStep} onClose={onClose} onDone={done} />}
      {step === "roles" && <RolesOf view={view} person={person} onBack={back} onDone={done} />}
      {(step === "timeout" || step === "kick" || step === "ban") && (
        <Limit conversation={view.conversation} person={person} what={step} onBack={back} onDone={done} />
      )}
      {step === "transfer" && (
        <WhatIf
          view={view}
          command={{ verb: "transfer", person }}
          change={[["The owner", `you → ${name}`]]}
          onLeave={back}
          onSaved={() => done(`${name} is the owner now.`)}
        />
      )}
    </Dialog>
  );
}

interface ItemsProps {
  view: ConversationView;
  person: string;
  onStep: (step: Step) => void;
  onClose: () => void;
  onDone: (told: string) => void;
}

function Items({ view, person, onStep, onClose, onDone }: ItemsProps) {
  const { state, conversation } = view;
  const now = Date.now();
  const { change, isBusy, note } = useChange(conversation, "Still silent");
  const member = state.members.get(person);
  const items = itemsOf(state, person, now);
  const giveBack: Command = { verb: "timeout", person, for_ms: 0 };
  const isTheirs = member !== undefined && isSilent(member, now) && items.some(({ step }) => step === "timeout");
  return (
    <div class="menu-items">
      <button type="button" class="menu-item" onClick={() => (onClose(), void talkTo(person))}>
        <Icon name="talk" /> Talk to {nameOf(person)}
      </button>
      {isTheirs && (
        <button type="button" class="menu-item" disabled={isBusy} onClick={() => void change(giveBack).then(closeIf)}>
          <Icon name="check" /> Give the word back
        </button>
      )}
      {items.map(({ step, icon, name }) => (
        <button
          key={step}
          type="button"
          class={step === "kick" || step === "ban" ? "menu-item rose" : "menu-item"}
          onClick={() => onStep(step)}
        >
          <Icon name={icon} /> {name}
        </button>
      ))}
      <BondItems person={person} conversation={state.kind === "direct" ? null : conversation} onDone={onClose} />
      <HouseItems person={person} onDone={onDone} />
      {note}
    </div>
  );

  function closeIf(receipt: object | null): void {
    if (receipt) onClose();
  }
}
