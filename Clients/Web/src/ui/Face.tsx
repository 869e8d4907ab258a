import { lookOf } from "./looks.js";
import { pictureOf } from "./picture.js";

const pictures = new Map<string, string>();

// One element for each instead of twenty, and drawn once for however many: lists of bubbles are full of them.
function addressOf(person: string): string {
  const known = pictures.get(person);
  if (known) return known;
  const address = `data:image/svg+xml,${encodeURIComponent(pictureOf(lookOf(person)))}`;
  pictures.set(person, address);
  return address;
}

/** Somebody's picture. It says nothing that the name beside it does not. */
export const Face = ({ person, size = 32 }: { person: string; size?: number }) => (
  <img class="face" src={addressOf(person)} width={size} height={size} alt="" decoding="sync" draggable={false} />
);
