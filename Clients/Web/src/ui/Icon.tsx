// Drawn on a grid of 24, two units wide, round ends.
const paths = {
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.4 15.4 20 20",
  plus: "M12 5v14M5 12h14",
  send: "M4.5 11.2 20 4l-6.4 16-2.7-6.6zM10.9 13.4 20 4",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M8.6 14c1.8 2.6 5 2.6 6.8 0M9 9.6v.1M15 9.6v.1",
  reply: "M9.5 6 4 11.5 9.5 17M4.5 11.5H14c3.5 0 6 2.3 6 6",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18zM14.5 6.5l3 3",
  undo: "M6 7h12M10 7V4.5h4V7M7.5 7l1 12.5h7l1-12.5",
  people:
    "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3 19.5c0-6 12-6 12 0" +
    "M16 5.5a3 3 0 0 1 0 6M17.5 14.5c2.2.5 3.5 2.2 3.5 5",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M5 20c0-7 14-7 14 0",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.5 5 8 12l6.5 7",
  down: "M5 9.5l7 7 7-7",
  check: "M5 12.5l4.5 4.5L19 7",
  checks: "M2.5 12.5 7 17l9-9.5M11.5 15.5 13 17l8.5-9.5",
  clip: "M19 11.5l-7.6 7.4a4.6 4.6 0 0 1-6.5-6.5l8-7.8a3 3 0 0 1 4.3 4.3l-8 7.8" + "a1.5 1.5 0 0 1-2.1-2.1l7-6.9",
  file: "M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 1.5",
  house: "M4 11l8-7 8 7v9h-5.5v-5h-5v5H4z",
  talk: "M4.5 5h15v11H11l-4.5 4v-4h-2z",
  horn: "M5 10v4h3l9 4V6l-9 4zM8.5 14.5 10 19",
  door: "M6.5 20V6a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v14M4 20h16M14.5 12v.5",
  more: "M6 12h.1M12 12h.1M18 12h.1",
  copy: "M9 9h10v10H9zM5 15V5h10",
  gear: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  key: "M8 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M11.5 12H21M17 12v4M20.5 12v3",
  flag: "M6 21V4.5M6 5.2c4-2.6 8 2.4 12.5-.2v9.2c-4.5 2.6-8.5-2.4-12.5.2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
  info: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 11.5v4M12 8v.1",
  unlock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2M12 14.5v2",
  mic: "M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  mute: "M9 9V6.5a3 3 0 0 1 6 0v5M5.5 11.5a6.5 6.5 0 0 0 11 4.7M12 18v3M4 4l16 16",
  camera: "M3.5 7h11v10h-11zM14.5 11l6-3.5v9l-6-3.5",
  "no-camera": "M8 7h6.5v6M14.5 17h-11V8M16 11.5l4.5-4v9M4 4l16 16",
  sun:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4" +
    "M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
