import { lookOf } from "./looks.js";
import { pictureOf } from "./picture.js";

const drawings = new Map<string, { __html: string }>();

// Drawn once for however many, and as a part of the page: as an image each would be a document of its own, which takes
// the browser as long as thirty elements do.
function drawingOf(person: string, isStanding = false): { __html: string } {
  const key = isStanding ? `${person} stands` : person;
  const known = drawings.get(key);
  if (known) return known;
  const drawing = { __html: pictureOf(lookOf(person), isStanding) };
  drawings.set(key, drawing);
  return drawing;
}

/** Somebody's picture. It says nothing that the name beside it does not. */
export const Face = ({ person, size = 32 }: { person: string; size?: number }) => (
  <svg
    class="face"
    width={size}
    height={size}
    viewBox="0 0 64 64"
    aria-hidden="true"
    dangerouslySetInnerHTML={drawingOf(person)}
  />
);

/** Somebody from the shoulders up, with nothing behind them: for who stands in a room. */
export const Bust = ({ person }: { person: string }) => (
  <svg
    class="bust"
    width={54}
    height={60}
    viewBox="5 4 54 60"
    aria-hidden="true"
    dangerouslySetInnerHTML={drawingOf(person, true)}
  />
);

const small = 36;
const classes = new Map<string, string>();
let sheet: CSSStyleSheet | undefined;

/**
 * A class that looks like somebody, 36 pixels wide, for where faces come and go by the dozen: a drawing is styled, laid
 * out and painted wherever it stands; the background of a class is loaded once, and dots are only copied.
 */
export function faceClass(person: string): string {
  const known = classes.get(person);
  if (known) return known;
  const name = `face-${classes.size}`;
  classes.set(person, name);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${drawingOf(person).__html}</svg>`;
  const drawing = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  show(name, drawing);
  const draw = (): void => void toDots(drawing).then((dots) => show(name, dots));
  if ("requestIdleCallback" in globalThis) requestIdleCallback(draw);
  else setTimeout(draw, 200);
  return name;
}

function show(name: string, picture: string): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.insertRule(`.${name}{background:0/100% url("${picture}")}`, sheet.cssRules.length);
}

async function toDots(drawing: string): Promise<string> {
  const side = Math.ceil(small * devicePixelRatio);
  const image = new Image(side, side);
  image.src = drawing;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  canvas.getContext("2d")?.drawImage(image, 0, 0, side, side);
  return canvas.toDataURL();
}
