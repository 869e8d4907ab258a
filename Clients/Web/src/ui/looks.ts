/** What somebody's picture is drawn from. */
export interface Look {
  readonly skin: string;
  readonly hair: string;
  readonly style: "long" | "bob" | "bangs" | "short" | "curls" | "bun" | "bald" | "scarf" | "cap";
  readonly cloth: string;
  readonly ground: string;
  readonly beard?: boolean;
  readonly glasses?: boolean;
  readonly laughs?: boolean;
  readonly rings?: boolean;
}

const skins = ["#F6CFB2", "#E9B48C", "#C98A5B", "#A2683F", "#7A4A2B"];
const hairs = ["#231A1E", "#4A2A1B", "#8A4B22", "#B5502A", "#D9A441", "#8F8A94"];
const cloths = ["#2F7D68", "#3D5BA5", "#C79A1E", "#A93E63", "#D2573A", "#7A3E92"];
const grounds = ["#CDEBDD", "#C9DCFA", "#FBE6A8", "#F9D3DC", "#FAD8BE", "#E4D6F5", "#CFEBF2"];
const styles = ["long", "bob", "bangs", "short", "curls", "bun", "bald", "scarf", "cap"] as const;

const known: Readonly<Record<string, Look>> = {
  noor: { skin: "#C98A5B", hair: "#231A1E", style: "bob", cloth: "#D2573A", ground: "#FAD8BE", rings: true },
  mia: { skin: "#F6CFB2", hair: "#B5502A", style: "long", cloth: "#2F7D68", ground: "#BFE6D6", laughs: true },
  tomas: { skin: "#E9B48C", hair: "#3A2418", style: "short", cloth: "#3D5BA5", ground: "#C9DCFA", beard: true },
  yuki: {
    skin: "#F6D5BE",
    hair: "#1D1820",
    style: "bangs",
    cloth: "#C79A1E",
    ground: "#FBE6A8",
    glasses: true,
    laughs: true,
  },
  sven: { skin: "#F6CFB2", hair: "#D9A441", style: "short", cloth: "#7A5AA8", ground: "#D3D8F8", glasses: true },
  ines: { skin: "#F2C6A6", hair: "#8F8A94", style: "bun", cloth: "#A93E63", ground: "#F9D3DC", glasses: true },
  kofi: { skin: "#6B4128", hair: "#18120F", style: "short", cloth: "#DDE3EE", ground: "#CBD6FA" },
  leila: { skin: "#D9A273", hair: "#2E7C8C", style: "scarf", cloth: "#2E7C8C", ground: "#CFEBF2" },
  ama: { skin: "#6B4128", hair: "#18120F", style: "curls", cloth: "#C13F74", ground: "#F7CFE0", rings: true },
  dev: { skin: "#B5794A", hair: "#18120F", style: "curls", cloth: "#3E7D3A", ground: "#CDE7B8", beard: true },
  priya: { skin: "#B5743F", hair: "#1D1820", style: "long", cloth: "#8A3E9C", ground: "#EBD3F5", laughs: true },
  jonas: { skin: "#F6CFB2", hair: "#2F7088", style: "cap", cloth: "#B5502A", ground: "#D6ECEF" },
  oskar: { skin: "#F0C8A8", hair: "#8F8A94", style: "bald", cloth: "#7A5A3A", ground: "#E9DFD2", beard: true },
};

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  return hash >>> 0;
}

/** The same for the same person, everywhere. */
export function lookOf(person: string): Look {
  const given = known[person];
  if (given) return given;
  let hash = hashOf(person);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[hash % from.length] as T;
    hash = Math.imul(hash ^ (hash >>> 7), 2_654_435_761) >>> 0;
    return one;
  };
  const style = pick(styles);
  return {
    skin: pick(skins),
    hair: style === "scarf" || style === "cap" ? pick(cloths) : pick(hairs),
    style,
    cloth: pick(cloths),
    ground: pick(grounds),
    beard: (style === "short" || style === "bald" || style === "cap") && pick([true, false]),
    glasses: pick([true, false, false]),
    laughs: pick([true, false]),
    rings: (style === "bob" || style === "bun" || style === "curls") && pick([true, false]),
  };
}

export const groundOf = (id: string): string => grounds[hashOf(id) % grounds.length] as string;
