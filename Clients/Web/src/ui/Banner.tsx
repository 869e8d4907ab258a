import { isKeptOut, link, notice, waiting } from "../app/state.js";
import { counted } from "../app/words.js";

/** One line under the street: that one is away, or what was caught up with. */
export function Banner() {
  const isAway = link.value === "lost";
  const waits = waiting.value;
  return (
    <div class="banner-place" aria-live="polite">
      {isAway ? (
        <p class="banner away">
          {isKeptOut.value ? "The house does not let you in just now." : "You're offline."}{" "}
          {waits > 0 ? `${counted(waits, "message waits", "messages wait")} here.` : "What you send waits here."}
        </p>
      ) : (
        notice.value && <p class="banner">{notice.value.text}</p>
      )}
    </div>
  );
}
