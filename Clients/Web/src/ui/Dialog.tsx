import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { closed } from "./focus.js";
import { Icon } from "./Icon.js";

interface Props {
  title: string;
  /** A line below the title. */
  under?: string;
  onClose: () => void;
  isSmall?: boolean;
  children: ComponentChildren;
}

/** The browser's own dialog: it holds the focus while it is open; what had it before gets it back. */
export function Dialog({ title, under, onClose, isSmall, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // A plain effect would end when it is gone already, and the focus with it.
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => closed(current);
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isSmall ? "dialog small" : "dialog"}
      aria-label={title}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">
        <header>
          <div>
            <h2>{title}</h2>
            {under && <p>{under}</p>}
          </div>
          <button type="button" class="round" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
