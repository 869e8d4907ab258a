import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Props {
  /** What is asked before the why. */
  children: ComponentChildren;
  /** Who reads why. */
  label: string;
  action: string;
  /** Whether it is not done without a why. */
  isNeeded?: boolean;
  isBusy: boolean;
  note: ComponentChildren;
  onBack: () => void;
  /** Why, as a field of the request; none where nothing was said. */
  onSubmit: (why: { readonly reason?: string }) => Promise<void>;
}

/** What is asked before something is done to somebody or settled: why, if one wants to say, or to leave it. */
export function WhyForm({ children, label, action, isNeeded, isBusy, note, onBack, onSubmit }: Props) {
  const [text, setText] = useState("");
  const form = useRef<HTMLFormElement>(null);
  // At the end of a list it would begin below what is seen.
  useEffect(() => form.current?.scrollIntoView({ block: "nearest" }), [note === null]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const reason = text.trim();
    void onSubmit(reason ? { reason } : {});
  };
  return (
    <form ref={form} class="limit" onSubmit={submit}>
      {children}
      <label class="field">
        <span>{label}</span>
        <input
          value={text}
          required={isNeeded}
          pattern={isNeeded ? ".*\\S.*" : undefined}
          maxLength={1000}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div class="ends">
        <button type="button" class="button outline" onClick={onBack}>
          Leave it
        </button>
        <button type="submit" class="button action" disabled={isBusy}>
          {action}
        </button>
      </div>
      {note}
    </form>
  );
}
