import { type Look } from "./looks.js";

const path = (d: string, rest: string): string => `<path d="${d}" ${rest}/>`;
const circle = (x: number, y: number, r: number, rest = ""): string => `<circle cx="${x}" cy="${y}" r="${r}" ${rest}/>`;

const behinds: Readonly<Partial<Record<Look["style"], string>>> = {
  long: "M14 34C10 10 54 10 50 34l4 26H10z",
  bob: "M15 33C12 10 52 10 49 33l2 14H13z",
  bangs: "M15 33C12 10 52 10 49 33l2 14H13z",
  scarf: "M14 34C10 9 54 9 50 34c0 9 5 14 6 22H8c1-8 6-13 6-22z",
  curls: "M17 40a8 8 0 0 1-4-13 8 8 0 0 1 6-12 9 9 0 0 1 13-5 9 9 0 0 1 13 5 8 8 0 0 1 6 12 8 8 0 0 1-4 13z",
};

function behind({ style, hair }: Look): string {
  if (style === "bun") return circle(32, 10, 6, `fill="${hair}"`);
  const shape = behinds[style];
  return shape ? path(shape, `fill="${hair}"`) : "";
}

const fringes: Readonly<Partial<Record<Look["style"], string>>> = {
  long: "M18.5 31C16 12 48 12 45.5 31 43 23 36 23 31 18.5 28 24 21 24 18.5 31z",
  bob: "M18.5 31C16 12 48 12 45.5 31 44 23 40 20 33 18.5 27 20 20 23 18.5 31z",
  bangs: "M18 31C15 11 49 11 46 31l-2.5-4.5c-7 1.5-16 1.5-23 0z",
  short: "M18.8 28C16 10 48 10 45.2 28 43.5 21 39 20 32 20s-11.5 1-13.2 8z",
  curls: "M19 28C19 16 45 16 45 28 41 22 37 21 32 21s-9 1-13 7z",
  bun: "M18.5 30C16 11 48 11 45.5 30 43 22 38 19 32 19s-11 3-13.5 11z",
};

function front({ style, hair, skin }: Look): string {
  if (style === "scarf")
    return path("M17.5 33C15 11 49 11 46.5 33 45 19 19 19 17.5 33z", `fill="${hair}" opacity=".85"`);
  if (style === "cap")
    return (
      `<g fill="${hair}">${path("M18 27C15 7 49 7 46 27c-9-3-19-3-28 0z", "")}${circle(32, 9, 3.5)}` +
      `<rect x="17" y="23" width="30" height="5" rx="2.5" opacity=".75"/></g>`
    );
  const fringe = fringes[style];
  return fringe ? path(fringe, `fill="${hair}"`) : path("M24 20q8-4 16 0", `stroke="#fff" opacity=".3" fill="${skin}"`);
}

const dark = 'stroke="#3A2018" stroke-width="1.4" stroke-linecap="round"';

const eyes = ({ laughs }: Look): string =>
  laughs
    ? path("M24.8 31.4q2.2-2.8 4.4 0M34.8 31.4q2.2-2.8 4.4 0", dark)
    : `<g fill="#3A2018" stroke="none">${circle(27, 31, 1.5)}${circle(37, 31, 1.5)}</g>` +
      `<g fill="#fff" stroke="none">${circle(27.5, 30.5, 0.45)}${circle(37.5, 30.5, 0.45)}</g>`;

const mouth = ({ laughs, beard }: Look): string =>
  beard
    ? path("M27 36.8q5 6 10 0z", `fill="#fff" stroke="none"`)
    : laughs
      ? path("M26.5 37q5.5 7.6 11 0z", `fill="#8C2F2B" stroke="none"`) +
        path("M27.2 37h9.6q-.6 1.7-1.4 2.2h-6.8q-.9-.7-1.4-2.2z", `fill="#fff" stroke="none"`)
      : path("M27 37.4q5 4.6 10 0", "");

const features = (look: Look): string =>
  `<g fill="none" ${dark}>${eyes(look)}${mouth(look)}` +
  path("M24.3 27.3q2.4-1.6 4.8-.5M34.9 26.8q2.3-1.1 4.8.5", `opacity=".65"`) +
  path("M32.3 31.5q-1.3 2.4-.9 3.1t1.7.3", `stroke-width="1" opacity=".45"`) +
  `<g fill="#E86A5A" stroke="none" opacity=".3">${circle(23.5, 35.5, 2.6)}${circle(40.5, 35.5, 2.6)}</g>` +
  (look.glasses
    ? `<g stroke="#2B1A2F" stroke-width="1.3">${circle(26.8, 31, 4.4)}${circle(37.2, 31, 4.4)}` +
      `${path("M31.2 30.5h1.6M22.4 30.5l-2.6-.6M41.6 30.5l2.6-.6", "")}</g>`
    : "") +
  (look.rings ? `<g fill="#E9B949" stroke="none">${circle(18.3, 37, 1.3)}${circle(45.7, 37, 1.3)}</g>` : "") +
  "</g>";

const beardShape = "M19.8 33C20 47 26 49.5 32 49.5S44 47 44.2 33C42 37 39 35.8 32 35.8S22 37 19.8 33z";

/** What somebody looks like, within an SVG of 64 by 64; without what is behind them, for where they stand somewhere. */
export function pictureOf(look: Look, isStanding = false): string {
  const { ground, cloth, skin, hair, style, beard } = look;
  const ears = style === "scarf" ? "" : path("M19 29a3 3 0 0 0 0 6.5zM45 29a3 3 0 0 1 0 6.5z", "");
  return (
    (isStanding ? "" : `<rect width="64" height="64" fill="${ground}"/>`) +
    behind(look) +
    path("M8 66c0-12 11-17 24-17s24 5 24 17z", `fill="${cloth}"`) +
    path("M24 49.5q8 6.5 16 0", `fill="none" stroke="#000" opacity=".12" stroke-width="1.6"`) +
    path("M26.5 40h11v9q-5.5 5-11 0z", `fill="${skin}"`) +
    path("M26.5 43q5.5 4 11 0v3q-5.5 4-11 0z", `opacity=".14"`) +
    `<g fill="${skin}"><ellipse cx="32" cy="31.5" rx="13" ry="14.5"/>${ears}</g>` +
    (beard ? path(beardShape, `fill="${style === "bald" ? "#8F8A94" : hair}"`) : "") +
    features(look) +
    front(look)
  );
}
