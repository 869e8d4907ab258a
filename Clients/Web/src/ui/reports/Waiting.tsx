/** How many reports wait. */
export const Waiting = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <span class="count ember">
      {count > 99 ? "99+" : count}
      <span class="sr-only"> {count === 1 ? "waits" : "wait"}</span>
    </span>
  );
