// What is beside the cluster: faults, the log, the conversations, the laws.
import { seconds } from "./line.js";

export const byId = (id) => document.getElementById(id);

// An element with classes, and what is in it.
export const make = (name, classes, ...inside) => {
  const node = document.createElement(name);
  if (classes) node.className = classes;
  node.append(...inside);
  return node;
};

// Changes only what is otherwise, so that nothing is read or drawn anew for nothing.
export const shown = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

export const marked = (node, name, value) => {
  if (node.dataset[name] !== value) node.dataset[name] = value;
};

// As many children as things, each made once.
export const children = (place, count, create) => {
  while (place.children.length > count) place.lastElementChild.remove();
  while (place.children.length < count) place.append(create(place.children.length));
  return [...place.children];
};

const groups = [
  ["Hosts", ["Killed", "Paused", "Drained", "CutFromServer", "CutFromDatabase"]],
  ["Devices", ["CutDevice", "Restarted", "Slow"]],
  ["Server and database", ["ServerRestarted", "DatabaseGone", "UnknownOutcome", "StandbyAway", "Restored"]],
];

const labels = {
  Killed: "Kill one",
  Paused: "Freeze one",
  Drained: "Tell one to end",
  CutFromServer: "Cut from server",
  CutFromDatabase: "Cut from database",
  CutDevice: "Cut one off",
  Restarted: "Restart one",
  Slow: "Overrun one",
  ServerRestarted: "Restart the server",
  DatabaseGone: "Database gone",
  UnknownOutcome: "Lose outcomes",
  StandbyAway: "Standby away",
  Restored: "Put database back",
};

const faultButton = (fault, strike) => {
  const button = make("button", "fault", labels[fault.name] ?? fault.words);
  button.title = fault.words;
  button.addEventListener("click", () => strike(fault.name));
  return button;
};

export const faults = (all, strike) => {
  const place = byId("faults");
  if (place.children.length > 0) return;
  const grouped = groups.flatMap(([, names]) => names);
  const rest = all.map((fault) => fault.name).filter((name) => !grouped.includes(name));
  for (const [title, names] of [...groups, ["More", rest]]) {
    const some = all.filter((fault) => names.includes(fault.name));
    if (some.length === 0) continue;
    const group = make("div", "group", make("h3", "", title), ...some.map((fault) => faultButton(fault, strike)));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", title);
    place.append(group);
  }
};

const glyphs = { struck: "⚡", changed: "·", wrong: "✕" };

const entry = (one) => {
  const node = make("li", one.kind, make("time", "", seconds(one.at)), make("i", "", glyphs[one.kind]));
  node.append(make("span", "", one.words.slice(0, 300)));
  node.children[1].setAttribute("aria-hidden", "true");
  return node;
};

export const showLog = {
  begin: () => byId("log").replaceChildren(),
  add: (lines) => {
    const place = byId("log");
    for (const one of lines) place.prepend(entry(one));
    while (place.children.length > 200) place.lastElementChild.remove();
  },
};

const talkCard = () => make("section", "card talk", make("h3", ""), make("p", "members"), make("ol", ""));

export const talks = (all) => {
  children(byId("talks"), all.length, talkCard).forEach((node, index) => {
    const [title, members, list] = node.children;
    const one = all[index];
    shown(title, one.version === 0 ? `${one.id} is not there yet` : `${one.id} at ${one.version}`);
    shown(members, one.members.length === 0 ? "nobody is in" : one.members.join(", "));
    children(list, one.last.length, () => make("li", "", make("b", ""), make("span", ""))).forEach((item, place) => {
      shown(item.children[0], String(one.last[place].version));
      shown(item.children[1], one.last[place].words);
    });
  });
};

const stages = {
  busy: "No law is broken so far.",
  resting: "Nothing befalls it any more; soon everybody is to know everything. No law is broken so far.",
  looking: "Everybody knew everything. Now all look once more.",
  over: "It is over, and all laws hold.",
};

export const laws = (picture, plan) => {
  const place = byId("laws");
  const broken = picture.wrongs;
  marked(place, "state", broken.length > 0 ? "broken" : picture.stage);
  const title =
    broken.length > 0
      ? `A law is broken, ${broken.length === 1 ? "once" : `${broken.length} times`}`
      : stages[picture.stage];
  const [head, list, again] = children(place, 3, (index) => make(["p", "ul", "p"][index], ""));
  shown(head, title);
  children(list, broken.length, () => make("li", "")).forEach((node, index) => shown(node, broken[index]));
  const byHand = picture.blows.some((blow) => !plan.blows.some((one) => one.at === blow.at && one.what === blow.what));
  const how = byHand
    ? "Faults by hand are not part of the seed."
    : `./chat simulate --seed ${plan.seed} --seeds 1 makes it small.`;
  shown(again, broken.length > 0 ? how : "");
};

export const seen = (all) => {
  children(byId("seen"), all.length, () => make("li", "", make("b", ""), make("span", ""))).forEach((node, index) => {
    shown(node.children[0], String(all[index].times));
    shown(node.children[1], all[index].what);
  });
};
