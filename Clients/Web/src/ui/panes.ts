import { signal } from "@preact/signals";

/** What stands beside what one looks at. */
export const aside = signal<"people" | "search" | null>(null);

export const toggleAside = (name: "people" | "search"): void => {
  aside.value = aside.value === name ? null : name;
};

/** What is looked for; kept while one goes to what was found and comes back. */
export const searchWords = signal("");
