// The line of time: what was wanted, what befalls it, and where it is.
import { byId, make, marked, shown } from "./parts.js";

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

const bins = 160;
const busy = 0.75;
let drawn = "";

// Most of the line is for what is wanted and befalls it, the rest of it for the rest.
const scaleOf = (picture, plan) => {
  const last = Math.max(1, ...plan.wishes, ...[...plan.blows, ...picture.blows].map((blow) => blow.at));
  const after = (at) => busy + ((1 - busy) * (at - last)) / Math.max(1, picture.end - last);
  return (at) => Math.min(1, at <= last ? (busy * at) / last : after(at));
};

const bars = (plan, scale) => {
  const counts = new Array(bins).fill(0);
  for (const at of plan.wishes) counts[Math.min(bins - 1, Math.floor(scale(at) * bins))] += 1;
  const most = Math.max(1, ...counts);
  return counts.flatMap((count, index) => {
    if (count === 0) return [];
    const bar = make("i", "wish");
    bar.style.left = `${(index / bins) * 100}%`;
    bar.style.height = `${20 + (count / most) * 80}%`;
    return [bar];
  });
};

const flag = (blow, scale, kind) => {
  const node = make("i", `blow ${kind}`, kind === "planned" ? "▽" : "▼");
  node.style.left = `${scale(blow.at) * 100}%`;
  node.title = `${seconds(blow.at)}: ${blow.what}`;
  return node;
};

const legend = "bars: what is wanted; ▽ what is to befall it; ▼ what has; shaded: what goes on by itself, and rest";

const draw = (place, picture, plan, scale) => {
  const waiting = plan.blows.filter((blow) => blow.at > picture.now);
  const track = make("div", "track", make("div", "rests"), make("div", "gone"), ...bars(plan, scale));
  track.append(...waiting.map((blow) => flag(blow, scale, "planned")));
  track.append(...picture.blows.map((blow) => flag(blow, scale, "struck")));
  track.append(make("div", "head"));
  track.setAttribute("aria-hidden", "true");
  place.replaceChildren(track, make("p", "legend", make("span", "", legend), make("span", "rest")));
};

export const line = (picture, plan) => {
  const place = byId("line");
  const waiting = plan.blows.filter((blow) => blow.at > picture.now).length;
  const key = [plan.session, plan.seed, picture.end, waiting, picture.blows.length].join();
  const scale = scaleOf(picture, plan);
  if (key !== drawn) draw(place, picture, plan, scale);
  drawn = key;
  const share = scale(picture.now);
  place.querySelector(".gone").style.transform = `scaleX(${share})`;
  place.querySelector(".head").style.left = `${share * 100}%`;
  marked(place, "stage", picture.stage);
  shown(place.querySelector(".rest"), `of ${seconds(picture.end)}`);
};
