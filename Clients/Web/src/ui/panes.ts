import { signal } from "@preact/signals";

/** What stands beside what one looks at. */
export const aside = signal<"people" | "search" | null>(null);

export const toggleAside = (name: "people" | "search"): void => {
  aside.value = aside.value === name ? null : name;
};
