/** A part of what was said, and whether it was looked for. */
export interface Part {
  readonly text: string;
  readonly isMarked: boolean;
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
// Scripts that put no blanks between their words.
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

const folded = (text: string): string => text.normalize("NFKC").toUpperCase().toLowerCase();

// How much is shown around the first thing that was found.
const around = 60;
const most = 180;

/** What was said, cut to what is around the first of the words, with each of them marked. */
export function marked(body: string, words: string): readonly Part[] {
  const wanted = new Set(folded(words).match(word) ?? []);
  const loose = [...wanted].filter((one) => unspaced.test(one));
  const marks = [...body.matchAll(word)].flatMap((match) => {
    const said = folded(match[0]);
    if (wanted.has(said)) return [[match.index, match.index + match[0].length] as const];
    const within = loose.filter((one) => said.includes(one)).map((one) => [match[0].indexOf(one), one.length] as const);
    return within.filter(([at]) => at >= 0).map(([at, size]) => [match.index + at, match.index + at + size] as const);
  });
  const first = marks[0]?.[0] ?? 0;
  const from = body.length <= most || first <= around ? 0 : blankAfter(body, first - around);
  const until = body.length - from <= most ? body.length : from + most;
  const parts: Part[] = from > 0 ? [{ text: "…", isMarked: false }] : [];
  let at = from;
  for (const [start, end] of marks.filter(([, end]) => end <= until)) {
    if (start < at) continue;
    if (start > at) parts.push({ text: body.slice(at, start), isMarked: false });
    parts.push({ text: body.slice(start, end), isMarked: true });
    at = end;
  }
  if (at < until) parts.push({ text: body.slice(at, until), isMarked: false });
  if (until < body.length) parts.push({ text: "…", isMarked: false });
  return parts;
}

// Not in the middle of a word, where one ends nearby.
function blankAfter(body: string, from: number): number {
  const at = body.indexOf(" ", from);
  return at >= 0 && at < from + around / 2 ? at + 1 : from;
}
