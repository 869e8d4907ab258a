import type { Component, ComponentType, JSX } from "preact";

/** A component that is drawn anew only where its properties tell something else. */
export function memo<P extends object>(Inner: ComponentType<P>, isSame: (a: P, b: P) => boolean): ComponentType<P> {
  return function Memo(this: Component<P>, props: P): JSX.Element {
    this.shouldComponentUpdate = (next: P) => !isSame(this.props, next);
    return <Inner {...props} />;
  };
}
