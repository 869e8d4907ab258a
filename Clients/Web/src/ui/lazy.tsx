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
