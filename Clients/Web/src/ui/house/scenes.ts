// What a room looks like behind its window, drawn on 252 by 140; its people stand in front of it.

const rect = (x: number, y: number, width: number, height: number, fill: string, rest = ""): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${rest}/>`;

const path = (d: string, fill: string, rest = ""): string => `<path d="${d}" fill="${fill}" ${rest}/>`;

const dot = (x: number, y: number, r: number, fill: string, rest = ""): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${rest}/>`;

const each = (many: readonly number[], draw: (at: number, index: number) => string): string => many.map(draw).join("");

const wall = (top: string, bottom: string): string =>
  `<linearGradient id="w" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>` +
  `</linearGradient>${rect(0, 0, 252, 140, "url(#w)")}`;

const books = ["#C4401A", "#2F7D68", "#3D5BA5", "#E9B949", "#7A3E92", "#A93E63"];

const shelf = (y: number, from: number): string =>
  each([0, 1, 2, 3, 4, 5, 6, 7], (n) => {
    const height = 16 - ((n * 5 + from) % 4);
    return rect(5 + n * 8.6, y + 18 - height, 6.6, height, books[(n + from) % books.length] as string, 'rx="1"');
  }) + rect(2, y + 18, 72, 3, "#8A5A34");

const bulbs = [18, 48, 80, 112, 146, 178, 208, 236];

const kitchen =
  wall("#FFE9A8", "#F6B84E") +
  path("M122 22h10l44 118H78z", "#FFF6D6", 'opacity=".7"') +
  path("M126 0h2v18h-2z", "#4A2A1B") +
  path("M104 30q4-14 23-14t23 14z", "#D2573A") +
  `<ellipse cx="127" cy="31" rx="15" ry="4" fill="#FFF3C4"/>` +
  rect(14, 62, 56, 4, "#8A5A34", 'rx="2"') +
  rect(20, 42, 12, 20, "#C4401A", 'rx="3"') +
  rect(36, 46, 11, 16, "#fff", 'rx="3"') +
  rect(51, 44, 7, 18, "#2F7D68", 'rx="2"') +
  dot(64, 57, 5, "#4F1F57") +
  each([0, 1, 2], (row) =>
    each([0, 1, 2, 3], (n) => rect(190 + n * 22 - (row % 2) * 10, 26 + row * 16, 20, 14, "#FFF7E6", 'rx="2"')),
  ) +
  rect(0, 116, 252, 24, "#DD8A2E") +
  rect(0, 116, 252, 4, "#F3A94A");

const study =
  wall("#E3F2D4", "#A9D094") +
  rect(0, 12, 76, 96, "#5E3B22", 'rx="3"') +
  rect(3, 15, 70, 90, "#75492B") +
  each([16, 46, 76], (y, n) => shelf(y, n * 2)) +
  path("M204 42h32l8 26h-48z", "#FFE9A8") +
  path("M190 140 198 68h44l10 72z", "#FFF6D6", 'opacity=".45"') +
  rect(218, 68, 3, 56, "#8A5A34") +
  rect(0, 112, 252, 28, "#3F7A4C") +
  rect(70, 98, 116, 34, "#2F6A44", 'rx="12"');

const balcony =
  wall("#5A54B4", "#B486C8") +
  dot(214, 30, 16, "#FFF3D2") +
  dot(208, 26, 3, "#F1DFB4") +
  each([30, 74, 160, 190, 110], (x, n) => dot(x, 14 + ((n * 17) % 34), 1.2, "#fff")) +
  path("M0 140V84l36-30 30 26 30-20 36 32 34-40 40 40 22-18 24 22v44z", "#433B8A") +
  path("M0 140v-34l46-20 44 22 40-16 50 20 42-22 30 16v34z", "#332C70") +
  `<path d="M0 20q64 36 126 12t126 10" fill="none" stroke="#2B1A2F" stroke-width="1.5"/>` +
  each(bulbs, (x, n) => dot(x, 28 + 8 * Math.sin(x / 34 + 0.4) + (n % 2), 4, "#FFD97A")) +
  rect(0, 108, 252, 3, "#2B1A2F") +
  each([10, 34, 58, 82, 106, 130, 154, 178, 202, 226, 246], (x) => rect(x, 108, 2.4, 32, "#2B1A2F"));

const workshop =
  wall("#FCE1DC", "#F3B4B2") +
  rect(10, 20, 62, 50, "#fff", 'rx="4"') +
  rect(14, 24, 54, 42, "#FFEFD9") +
  path("M14 66l18-22 12 12 10-8 14 18z", "#7FBFA0") +
  dot(56, 34, 6, "#F2B632") +
  rect(0, 112, 252, 28, "#C97F86") +
  rect(186, 72, 60, 46, "#8E3A62", 'rx="14"') +
  rect(180, 90, 16, 36, "#A64A76", 'rx="8"') +
  rect(236, 90, 16, 36, "#A64A76", 'rx="8"') +
  rect(192, 96, 48, 22, "#B65A86", 'rx="8"') +
  dot(166, 122, 9, "#C4401A") +
  `<path d="M158 120q8-6 16 0M159 125q8 5 14 1" stroke="#FFB59B" fill="none" stroke-width="1.4"/>` +
  dot(150, 127, 6, "#2F7D8C");

const attic =
  wall("#F6DFC2", "#DDAE7C") +
  path("M0 0h252v20L126 0 0 44z", "#8A5A34") +
  path("M126 0 252 44V32L138 0z", "#75492B") +
  dot(126, 42, 22, "#fff") +
  dot(126, 42, 18, "#A9D4F5") +
  path("M108 46q18-16 36 0v8q-18 12-36 0z", "#7FBFA0", 'opacity=".8"') +
  rect(124.5, 24, 3, 36, "#fff") +
  rect(108, 40.5, 36, 3, "#fff") +
  rect(14, 86, 48, 34, "#B9793F", 'rx="2"') +
  rect(34, 86, 8, 34, "#E6C79A") +
  rect(26, 64, 34, 22, "#CE9152", 'rx="2"') +
  rect(202, 90, 40, 30, "#7A3E92", 'rx="4"') +
  rect(198, 86, 48, 8, "#8F55A8", 'rx="3"') +
  rect(0, 118, 252, 22, "#9A6236");

const spare =
  wall("#D8ECF6", "#A9CBE6") +
  rect(22, 16, 60, 66, "#fff", 'rx="4"') +
  rect(27, 21, 50, 56, "#F8D9A4") +
  path("M27 77V60l16-14 14 12 10-8 10 10v17z", "#E39A5B") +
  dot(62, 36, 7, "#FFF6D6") +
  rect(50.5, 21, 3, 56, "#fff") +
  path("M208 120c-24-18-18-42-10-56 8 12 10 24 10 34 2-22 10-34 20-42 4 24-2 44-14 64z", "#3E8A5E") +
  path("M194 112h34l-4 22h-26z", "#C4643A") +
  rect(0, 116, 252, 24, "#6E93B8") +
  rect(84, 98, 100, 32, "#4E76A0", 'rx="12"');

const scenes: Readonly<Record<string, string>> = {
  kitchen,
  study,
  balcony,
  workshop,
  attic,
  "spare room": spare,
};

const all = Object.values(scenes);
let drawn = 0;

/**
 * How the room of a name looks, within an SVG; those of other names look like one of the others, always the same. What
 * is referred to within it has a name of its own each time, for the page to have several.
 */
export function sceneOf(name: string): string {
  let hash = 7;
  for (const char of name.toLowerCase()) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  const scene = scenes[name.toLowerCase()] ?? all[hash % all.length] ?? "";
  const wall = `wall-${++drawn}`;
  return scene.replace('id="w"', `id="${wall}"`).replace("#w)", `#${wall})`);
}
