import type { Shelf } from "./outbox.js";

/** The browser's storage; where there is none, or it is full, things last as long as the page. */
export function browserShelf(): Shelf {
  const memory = new Map<string, string>();
  return {
    keys: (prefix) => {
      const found = new Set([...memory.keys()].filter((key) => key.startsWith(prefix)));
      attempt(() => {
        for (let i = 0; i < localStorage.length; i++) {
          const key = localStorage.key(i);
          if (key?.startsWith(prefix)) found.add(key);
        }
      });
      return [...found];
    },
    get: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key)) ?? null,
    set: (key, value) => {
      memory.delete(key);
      if (attempt(() => (localStorage.setItem(key, value), true)) === undefined) memory.set(key, value);
    },
    remove: (key) => {
      memory.delete(key);
      attempt(() => localStorage.removeItem(key));
    },
  };
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
