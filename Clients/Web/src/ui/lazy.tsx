import { useEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";

/** A part that comes with its own file, when it is first needed. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Loaded: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [, setLoaded] = useState(Loaded !== null);
    useEffect(() => {
      if (!Loaded) void load().then((part) => ((Loaded = part), setLoaded(true)));
    }, []);
    return Loaded ? <Loaded {...props} /> : null;
  };
}

let style: Promise<unknown> | undefined;

// The look of all such parts comes with the first of them.
function loadStyle(): Promise<unknown> {
  const { content = "" } = document.querySelector<HTMLMetaElement>("meta[name=later]") ?? {};
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: content });
  document.head.append(link);
  return new Promise((done) => {
    link.onload = done;
    link.onerror = done;
  });
}

/** The same, of what is not among the first things that anybody sees. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> =>
  lazy(async () => {
    const [part] = await Promise.all([load(), (style ??= loadStyle())]);
    return part;
  });
