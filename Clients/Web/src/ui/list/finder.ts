export interface Keyed {
  readonly key: string;
}

/** Where a row is among other rows: mostly where it was, counted from one end or from the other. */
export function finder(old: readonly Keyed[], now: readonly Keyed[]): (index: number) => number {
  let all: Map<string, number> | undefined;
  const more = now.length - old.length;
  return (index) => {
    const key = old[index]?.key ?? "";
    for (const guess of [index + more, index]) if (now[guess]?.key === key) return guess;
    all ??= new Map(now.map((row, at) => [row.key, at]));
    return all.get(key) ?? -1;
  };
}
