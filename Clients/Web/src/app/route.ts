import { signal } from "@preact/signals";

export type Place = "house" | "talks" | "people" | "you";

/** Somebody with a link that lets people in. */
export interface Coming {
  readonly conversation: string;
  readonly link: string;
}

export interface Route {
  readonly place: Place;
  readonly conversation: string | null;
  /** The room one looks into. */
  readonly room?: string;
  /** The message to open at. */
  readonly at: number | null;
  readonly coming?: Coming;
}

export function parseRoute(hash: string): Route {
  const [first = "", second = "", third = ""] = hash.replace(/^#\/?/, "").split("/");
  if (first === "c" && second) return { place: "talks", conversation: second, at: Number(third) || null };
  if (first === "r" && second) return { place: "house", conversation: null, at: null, room: second };
  if (first === "j" && second && third)
    return { place: "house", conversation: null, at: null, coming: { conversation: second, link: third } };
  const place = first === "talks" || first === "people" || first === "you" ? first : "house";
  return { place, conversation: null, at: null };
}

export const hashOf = (route: Partial<Route>): string =>
  route.conversation
    ? `#/c/${route.conversation}${route.at ? `/${route.at}` : ""}`
    : route.room
      ? `#/r/${route.room}`
      : route.place && route.place !== "house"
        ? `#/${route.place}`
        : "#/";

/** Where a link that lets people in leads. */
export const addressOf = (conversation: string, link: string): string =>
  `${location.origin}${location.pathname}#/j/${conversation}/${link}`;

export const route = signal<Route>(parseRoute(location.hash));

addEventListener("hashchange", () => {
  route.value = parseRoute(location.hash);
});

export const go = (to: Partial<Route>): void => {
  location.hash = hashOf(to);
};
