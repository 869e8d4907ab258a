import { useSuspension } from "../../app/suspending.js";
import { lazy } from "../lazy.js";

const Suspending = lazy(async () => (await import("../reports/parts.js")).Suspending);

interface Props {
  person: string;
  onDone: (told: string) => void;
}

/** What the staff may do about somebody in all of the house; nothing for anybody else. */
export function HouseItems({ person, onDone }: Props) {
  const held = useSuspension(person);
  return held ? <Suspending person={person} held={held} onDone={onDone} /> : null;
}
