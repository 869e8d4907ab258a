import { effect } from "@preact/signals";
import { peered } from "./state.js";

/** After how long whoever is not connected does not come back, in milliseconds. */
export const goneFor = 20_000;

/** Tells once nobody has been connected for long; ends with what it gives. */
export function whenGone(gone: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = effect(() => {
    clearTimeout(timer);
    if (!peered.value.some(({ isConnected }) => isConnected)) timer = setTimeout(gone, goneFor);
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}
