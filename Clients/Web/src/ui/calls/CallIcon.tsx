// As all others are drawn, and here because they come with the calls.
const paths = {
  phone: "M7 4.5 4.5 6.2C5 13 11 19 17.8 19.5L19.5 17l-4-2.8-2 1.6c-2.2-1-4.3-3.1-5.3-5.3l1.6-2z",
  "hang-up": "M3.5 14.5v-2.2c4.5-4.4 12.5-4.4 17 0v2.2l-4.3.9-.7-2.7c-2.2-.7-4.8-.7-7 0l-.7 2.7z",
  grow: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  shrink: "M20 10h-6V4M14 10l6-6M4 14h6v6M10 14l-6 6",
} as const;

export const CallIcon = ({ name, size = 20 }: { name: keyof typeof paths; size?: number }) => (
  <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
