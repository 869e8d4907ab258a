import { useMemo } from "preact/hooks";
import { lookOf } from "./looks.js";
import { pictureOf } from "./picture.js";

/** Up to this size, in pixels of the page, a face is drawn from dots. */
const small = 48;

const drawings = new Map<string, string>();
const dots = new Map<string, string>();

// One element for each instead of twenty, and drawn once for however many: lists of bubbles are full of them.
function addressOf(person: string, size: number): string {
  const known = (size <= small && dots.get(person)) || drawings.get(person);
  if (known) return known;
  const drawing = `data:image/svg+xml,${encodeURIComponent(pictureOf(lookOf(person)))}`;
  drawings.set(person, drawing);
  later(() => void toDots(person, drawing));
  return drawing;
}

const later = (act: () => void): void =>
  void ("requestIdleCallback" in globalThis ? requestIdleCallback(act) : setTimeout(act, 200));

// A drawing is a document of its own that the browser styles, lays out and paints anew wherever it stands; dots it has
// only to copy. Who comes by later is shown by them, and what stands there already stays as it is.
async function toDots(person: string, drawing: string): Promise<void> {
  const side = Math.ceil(small * devicePixelRatio);
  const image = new Image(side, side);
  image.src = drawing;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  canvas.getContext("2d")?.drawImage(image, 0, 0, side, side);
  dots.set(person, canvas.toDataURL());
}

/** Somebody's picture. It says nothing that the name beside it does not. */
export function Face({ person, size = 32 }: { person: string; size?: number }) {
  const address = useMemo(() => addressOf(person, size), [person]);
  return <img class="face" src={address} width={size} height={size} alt="" decoding="sync" draggable={false} />;
}
