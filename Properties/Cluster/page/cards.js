// The cluster: its database, hosts, server and devices, each as a card.
import { byId, children, make, marked, shown } from "./parts.js";

const states = {
  working: ["●", "at work"],
  waiting: ["◔", "waits for its lease"],
  still: ["❚❚", "stands still"],
  ending: ["◐", "ends"],
  cut: ["✂", "cut off from the server"],
  blind: ["✂", "does not reach the database"],
  gone: ["✕", "gone"],
};

const pill = () => make("span", "pill", make("i", ""), make("span", ""));

const pilled = (node, glyph, words, state) => {
  marked(node, "state", state);
  shown(node.children[0], glyph);
  shown(node.children[1], words);
  node.children[0].setAttribute("aria-hidden", "true");
};

export const databaseCard = (database, all) => {
  const place = byId("database");
  if (!place.children.length)
    place.append(make("b", "name", "database"), pill(), make("span", "facts"), make("span", "chips"));
  const [, state, facts, chips] = place.children;
  marked(place, "state", database.isUp ? "up" : "gone");
  pilled(
    state,
    database.isUp ? "●" : "✕",
    database.isUp ? "answers" : "does not answer",
    database.isUp ? "working" : "gone",
  );
  const under = database.running === 1 ? "1 transaction" : `${database.running} transactions`;
  const unknown = database.unknown > 0 ? `, ${Math.round(database.unknown / 10)} % of outcomes are lost` : "";
  const past = database.past > 1 ? `, put back ${database.past === 2 ? "once" : `${database.past - 1} times`}` : "";
  shown(facts, `${under} under way, ${database.commits} committed${past}${unknown}`);
  children(chips, all.length, () => make("span", "chip")).forEach((node, index) =>
    shown(node, `${all[index].id} ${all[index].version || "–"}`),
  );
};

const hostCard = () => {
  const lease = make("div", "lease", make("div", "left"));
  lease.setAttribute("aria-hidden", "true");
  const card = make("section", "card host", make("div", "head", make("h3", ""), pill()), make("p", "term"), lease);
  card.append(make("p", "buckets", make("span", "label", "owns")), make("div", "lanes"), make("p", "callers"));
  return card;
};

const bucketsOf = (place, owned) =>
  children(place, 5, (index) => make("span", "bucket", String(index - 1)))
    .slice(1)
    .forEach((node, index) => {
      marked(node, "owned", String(owned.includes(index)));
      node.setAttribute("aria-label", owned.includes(index) ? `bucket ${index}` : `not bucket ${index}`);
    });

const lane = () => make("div", "lane", make("span", "label"), make("span", "queue"), make("span", "count"));

const laned = (node, one, index) => {
  const [label, queue, count] = node.children;
  shown(label, `lane ${index + 1}`);
  children(queue, Math.min(one.waiting, 12), () => make("i", ""));
  queue.setAttribute("aria-hidden", "true");
  shown(count, one.waiting === 0 ? "nobody waits" : one.waiting === 1 ? "1 waits" : `${one.waiting} wait`);
};

const termOf = (host) => {
  if (host.epoch === null) return "no lease";
  if (host.leaseLeft === 0) return `epoch ${host.epoch}, which has run out`;
  return `epoch ${host.epoch}, ${(host.leaseLeft / 100).toFixed(1)} s are left`;
};

const callersOf = (count) => {
  if (count === 0) return "no caller waits for an answer";
  return count === 1 ? "1 caller waits for an answer" : `${count} callers wait for answers`;
};

export const hostCards = (hosts) => {
  children(byId("hosts"), hosts.length, hostCard).forEach((card, index) => {
    const host = hosts[index];
    const [head, term, lease, buckets, lanes, callers] = card.children;
    card.dataset.end = host.name;
    marked(card, "state", host.state);
    shown(head.children[0], host.name);
    const also = [
      host.state !== "cut" && host.state !== "gone" && !host.isConnected ? "cut off" : "",
      host.state !== "blind" && !host.reachesDatabase ? "no database" : "",
    ].filter((one) => one !== "");
    const [glyph, words] = states[host.state];
    pilled(head.children[1], glyph, [words, ...also].join(", "), host.state);
    shown(term, termOf(host));
    lease.firstElementChild.style.transform = `scaleX(${host.epoch === null ? 0 : host.leaseLeft / 1000})`;
    marked(lease, "low", String(host.leaseLeft < 400));
    bucketsOf(buckets, host.buckets);
    children(lanes, host.lanes.length, lane).forEach((node, place) => laned(node, host.lanes[place], place));
    shown(callers, callersOf(host.callers));
  });
};

const recent = [];

// How many messages set off during the last second of the cluster.
export const serverCard = (flights, now) => {
  const place = byId("server");
  if (!place.children.length) place.append(make("b", "name", "server"), make("span", "facts"));
  if (recent.length > 0 && recent[recent.length - 1].now > now) recent.length = 0;
  recent.push({ now, count: flights.length });
  while (recent[0].now < now - 1000) recent.shift();
  const count = recent.reduce((sum, one) => sum + one.count, 0);
  shown(place.children[1], count === 1 ? "1 message in the last second" : `${count} messages in the last second`);
};

const holds = {
  level: (held) => [`${held.version}`, "", "is level"],
  behind: (held, last) => [`${held.version} of ${last}`, "↓ ", `is at ${held.version} of ${last}`],
  unaware: () => ["?", "↓ ", "does not know yet that it is in"],
  asked: () => ["asked", "", "was asked in"],
  stale: (held) => [`${held.version}`, "✕ ", "still holds it, and is not in"],
  out: () => ["–", "", "is not in"],
};

const deviceCard = () =>
  make("section", "card device", make("div", "head", make("h3", ""), pill()), make("div", "chips"));

const deviceState = (device) => {
  if (!device.isConnected) return ["○", "away", "gone"];
  if (!device.isWhole) return ["✂", "cut off", "cut"];
  return device.isLevel ? ["●", "level", "working"] : ["◔", "asks", "waiting"];
};

export const deviceCards = (unsorted, all) => {
  const devices = unsorted.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  children(byId("devices"), devices.length, deviceCard).forEach((card, index) => {
    const device = devices[index];
    const [head, chips] = card.children;
    const [glyph, words, state] = deviceState(device);
    card.dataset.end = device.name;
    marked(card, "state", state);
    shown(head.children[0], device.name.replace(" on ", " · "));
    pilled(head.children[1], glyph, words, state);
    children(chips, device.held.length, () => make("span", "chip")).forEach((node, place) => {
      const held = device.held[place];
      const [text, mark, means] = holds[held.state](held, all[place].version);
      marked(node, "state", held.state);
      shown(node, `${mark}${held.id} ${text}`);
      node.title = `${device.name} ${means} in ${held.id}`;
    });
  });
};
