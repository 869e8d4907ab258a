import { useLayoutEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";

/** A part that comes with its own file, when it is first needed. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Loaded: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [, setLoaded] = useState(Loaded !== null);
    // Before anything is painted: a plain effect would ask for it a frame later.
    useLayoutEffect(() => {
      if (!Loaded) void load().then((part) => ((Loaded = part), setLoaded(true)));
    }, []);
    return Loaded ? <Loaded {...props} /> : null;
  };
}

const sheets = new Map<string, Promise<unknown>>();

// A sheet comes with the first of the parts that look so.
function loadSheet(name: string): Promise<unknown> {
  const known = sheets.get(name);
  if (known) return known;
  const { content = "" } = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`) ?? {};
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: content });
  document.head.append(link);
  const loading = new Promise((done) => {
    link.onload = done;
    link.onerror = done;
  });
  sheets.set(name, loading);
  return loading;
}

const dressed =
  (...names: readonly string[]) =>
  <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> =>
    lazy(async () => {
      const [part] = await Promise.all([load(), ...names.map(loadSheet)]);
      return part;
    });

/** The same, of what is not among the first things that anybody sees. */
export const later = dressed("later");

/** The same, of the house. */
export const together = dressed("together");

/** The same, of the games. */
export const inGames = dressed("games");

/** The same, of calls of two. */
export const inCalls = dressed("together", "calls");

/** The same, of what is made of both. */
export const inRooms = dressed("later", "together");
