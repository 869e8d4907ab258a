// The page: it takes pictures of its cluster, and gives orders.
import { byId, faults, laws, seen, showLog, shown, talks } from "./parts.js";
import { databaseCard, deviceCards, hostCards, serverCard } from "./cards.js";
import { flights } from "./dots.js";
import { line, seconds } from "./line.js";

const speeds = [0.1, 0.5, 1, 2, 5, 10, 50, 200];
const given = new URLSearchParams(location.search);

let plan = null;
let picture = null;

const order = async (path, fields = {}) => {
  if (!plan) return false;
  const answer = await fetch(`${path}?${new URLSearchParams({ session: plan.session, ...fields })}`, {
    method: "POST",
  });
  trouble(answer.ok ? "" : await answer.text());
  return answer.ok;
};

const begin = async (seed) => (await order("/begin", { seed })) && order("/play");

const trouble = (what) => {
  const place = byId("trouble");
  place.textContent = what;
  place.hidden = what === "";
};

// The address leads back to what is seen: the seed, and where it stands, if it does.
const address = () => {
  const fields = { seed: plan.seed, speed: picture.speed };
  if (!picture.isPlaying) fields.at = picture.now;
  const next = `?${new URLSearchParams(fields)}`;
  if (next !== location.search) history.replaceState(null, "", next);
};

const planned = (text) => {
  plan = JSON.parse(text);
  byId("seed").value = plan.seed;
  const hosts = plan.hosts === 1 ? "one host" : `${plan.hosts} hosts`;
  byId("about").textContent = `${hosts}, delays up to ${plan.delay} ms`;
  document.title = `Seed ${plan.seed}: a cluster of Chat, simulated`;
  faults(plan.faults, (fault) => order("/fault", { fault }));
  showLog.begin();
  flights.begin();
};

const pictured = (text) => {
  picture = JSON.parse(text);
  const isOver = picture.stage === "over";
  shown(byId("now"), seconds(picture.now));
  shown(byId("play"), isOver ? "Over" : picture.isPlaying ? "Pause" : "Go on");
  for (const button of [byId("play"), ...document.querySelectorAll(".step")]) button.disabled = isOver;
  if (document.activeElement !== byId("speed")) speedIs(picture.speed);
  databaseCard(picture.database, picture.talks);
  hostCards(picture.hosts);
  deviceCards(picture.devices, picture.talks);
  serverCard(picture.flights, picture.now);
  talks(picture.talks);
  laws(picture, plan);
  line(picture, plan);
  seen(picture.seen);
  showLog.add(picture.lines);
  flights.add(picture.flights, picture.lost, picture.speed);
  address();
};

const speedIs = (speed) => {
  const place = byId("speed");
  const all = speeds.includes(speed) ? speeds : [...speeds, speed].sort((one, other) => one - other);
  if (place.options.length !== all.length)
    place.replaceChildren(...all.map((one) => new Option(`${one} ×`, String(one))));
  place.value = String(speed);
};

const toggle = () => order(picture?.isPlaying ? "/pause" : "/play");

// A whole number of any size, so that the next of the largest seeds is no other's.
const next = () => {
  if (plan) begin(String(BigInt(plan.seed) + 1n));
};

const controls = () => {
  byId("play").addEventListener("click", toggle);
  byId("another").addEventListener("click", next);
  byId("speed").addEventListener("change", (event) => order("/speed", { speed: event.target.value }));
  for (const button of document.querySelectorAll(".step"))
    button.addEventListener("click", () => order("/step", { ms: button.dataset.ms }));
  byId("begin").addEventListener("submit", (event) => {
    event.preventDefault();
    begin(byId("seed").value.trim());
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const own = event.key === " " ? "input, select, button, summary, ol" : "input, select";
    if (event.target.closest(own)) return;
    const act = { " ": toggle, ".": () => order("/step", { ms: 100 }), n: next, N: next }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
};

const connect = () => {
  const source = new EventSource(`/watch?${given}`);
  source.addEventListener("plan", (event) => planned(event.data));
  source.addEventListener("message", (event) => pictured(event.data));
  source.addEventListener("open", () => trouble(""));
  // Who connects again has a cluster that begins anew; that is theirs to choose.
  source.addEventListener("error", () => {
    source.close();
    plan = null;
    trouble("The simulator has ended, or cannot be reached. Start it again, and load this page anew.");
  });
};

speedIs(5);
controls();
connect();
