// Messages under way, as dots between the cards.
import { byId } from "./parts.js";

const most = 240;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const canvas = byId("dots");
const stage = byId("stage");
let flying = [];
let isDrawing = false;
let places = new Map();

// Where the cards are; they move seldom, so it is looked up once for each bundle of messages.
const measure = () => {
  const base = stage.getBoundingClientRect();
  places = new Map();
  for (const card of stage.querySelectorAll("[data-end]")) {
    const box = card.getBoundingClientRect();
    const isHost = card.classList.contains("host");
    const y = isHost ? box.bottom - 4 : box.top + 4;
    places.set(card.dataset.end, { x: box.left + box.width / 2 - base.left, y: y - base.top });
  }
  const server = byId("server").getBoundingClientRect();
  places.set("server", { x: 0, y: server.top + server.height / 2 - base.top });
  const scale = devicePixelRatio || 1;
  const width = Math.round(base.width * scale);
  const height = Math.round(base.height * scale);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
};

const kindOf = (flight) =>
  flight.from.startsWith("host ") ? (flight.to.startsWith("host ") ? "passes" : "tells") : "asks";

const colours = () => {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { asks: of("--ember"), tells: of("--leaf"), passes: of("--edge"), lost: of("--rose") };
};

// By the server: half of the way to it, half from it.
const at = (flight, share) => {
  const from = places.get(flight.from);
  const to = places.get(flight.to);
  if (!from || !to) return null;
  const middle = { x: (from.x + to.x) / 2, y: places.get("server").y };
  const [one, other, part] = share < 0.5 ? [from, middle, share * 2] : [middle, to, share * 2 - 1];
  return { x: one.x + (other.x - one.x) * part, y: one.y + (other.y - one.y) * part };
};

const shapes = {
  asks: (pen, { x, y }) => pen.arc(x, y, 4, 0, Math.PI * 2),
  tells: (pen, { x, y }) => pen.rect(x - 3.5, y - 3.5, 7, 7),
  passes: (pen, { x, y }) => {
    pen.moveTo(x, y - 5);
    pen.lineTo(x + 5, y);
    pen.lineTo(x, y + 5);
    pen.lineTo(x - 5, y);
  },
};

const cross = (pen, { x, y }) => {
  pen.moveTo(x - 4, y - 4);
  pen.lineTo(x + 4, y + 4);
  pen.moveTo(x + 4, y - 4);
  pen.lineTo(x - 4, y + 4);
};

const dot = (pen, flight, now, paint) => {
  const share = Math.min(1, (now - flight.since) / flight.lasts);
  const place = at(flight, flight.isLost ? Math.min(share, 0.5) : share);
  if (!place) return;
  pen.globalAlpha = flight.isLost ? 1 - Math.max(0, share - 0.5) : 1;
  pen.beginPath();
  if (flight.isLost && share >= 0.5) {
    pen.strokeStyle = paint.lost;
    pen.lineWidth = 2.5;
    cross(pen, place);
    pen.stroke();
    return;
  }
  pen.fillStyle = paint[flight.kind];
  shapes[flight.kind](pen, place);
  pen.fill();
};

const draw = (now) => {
  const pen = canvas.getContext("2d");
  const scale = devicePixelRatio || 1;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.globalAlpha = 1;
  pen.clearRect(0, 0, canvas.width, canvas.height);
  flying = flying.filter((flight) => now - flight.since < flight.lasts);
  const paint = colours();
  for (const flight of flying) dot(pen, flight, now, paint);
  isDrawing = flying.length > 0;
  if (isDrawing) requestAnimationFrame(draw);
};

export const flights = {
  begin: () => {
    flying = [];
  },
  // Some come all in one picture: they set off a little one after another. None is quicker than the eye.
  add: (some, lost, speed) => {
    if (calm.matches) return;
    for (const flight of flying) if (lost.includes(flight.number)) flight.isLost = true;
    const now = performance.now();
    some.slice(0, Math.max(0, most - flying.length)).forEach((flight, index) => {
      const lasts = Math.min(4000, Math.max(600, flight.takes / speed));
      const since = now + (index / some.length) * 50;
      flying.push({ ...flight, kind: kindOf(flight), since, lasts, isLost: lost.includes(flight.number) });
    });
    if (flying.length === 0 || isDrawing) return;
    measure();
    isDrawing = true;
    requestAnimationFrame(draw);
  },
};

new ResizeObserver(measure).observe(stage);
