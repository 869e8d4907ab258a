import { lookOf, type Look } from "./looks.js";

function Behind({ style, hair }: Look) {
  if (style === "long") return <path d="M14 34C10 10 54 10 50 34l4 26H10z" fill={hair} />;
  if (style === "bob" || style === "bangs") return <path d="M15 33C12 10 52 10 49 33l2 14H13z" fill={hair} />;
  if (style === "bun") return <circle cx="32" cy="10" r="6" fill={hair} />;
  if (style === "scarf") return <path d="M14 34C10 9 54 9 50 34c0 9 5 14 6 22H8c1-8 6-13 6-22z" fill={hair} />;
  if (style !== "curls") return null;
  return (
    <path
      d="M17 40a8 8 0 0 1-4-13 8 8 0 0 1 6-12 9 9 0 0 1 13-5 9 9 0 0 1 13 5 8 8 0 0 1 6 12 8 8 0 0 1-4 13z"
      fill={hair}
    />
  );
}

const fringes: Readonly<Partial<Record<Look["style"], string>>> = {
  long: "M18.5 31C16 12 48 12 45.5 31 43 23 36 23 31 18.5 28 24 21 24 18.5 31z",
  bob: "M18.5 31C16 12 48 12 45.5 31 44 23 40 20 33 18.5 27 20 20 23 18.5 31z",
  bangs: "M18 31C15 11 49 11 46 31l-2.5-4.500c-7 1.5-16 1.5-23 0z",
  short: "M18.8 28C16 10 48 10 45.2 28 43.5 21 39 20 32 20s-11.5 1-13.2 8z",
  curls: "M19 28C19 16 45 16 45 28 41 22 37 21 32 21s-9 1-13 7z",
  bun: "M18.5 30C16 11 48 11 45.5 30 43 22 38 19 32 19s-11 3-13.5 11z",
  cap: "M18 27C15 7 49 7 46 27c-9-3-19-3-28 0z",
};

function Front({ style, hair, skin }: Look) {
  if (style === "scarf")
    return <path d="M17.5 33C15 11 49 11 46.5 33 45 19 19 19 17.5 33z" fill={hair} opacity=".85" />;
  if (style === "cap")
    return (
      <g fill={hair}>
        <path d={fringes.cap} />
        <circle cx="32" cy="9" r="3.5" />
        <rect x="17" y="23" width="30" height="5" rx="2.5" opacity=".75" />
      </g>
    );
  const fringe = fringes[style];
  return fringe ? <path d={fringe} fill={hair} /> : <path d="M24 20q8-4 16 0" stroke="#fff" opacity=".3" fill={skin} />;
}

const Features = ({ glasses }: Look) => (
  <g fill="none" stroke="#3A2018" stroke-width="1.4" stroke-linecap="round">
    <path d="M25 31q2-2.4 4 0M35 31q2-2.4 4 0" />
    <path d="M24.5 27q2.3-1.4 4.5-.4M35 26.600q2.2-1 4.5.4" opacity=".6" />
    <path d="M26.5 37q5.5 6 11 0z" fill="#fff" stroke-width="1" />
    <g fill="#E86A5A" stroke="none" opacity=".28">
      <circle cx="23.5" cy="35.5" r="2.6" />
      <circle cx="40.5" cy="35.5" r="2.6" />
    </g>
    {glasses && (
      <g stroke="#2B1A2F" stroke-width="1.5">
        <circle cx="26.8" cy="31" r="4.4" />
        <circle cx="37.2" cy="31" r="4.4" />
        <path d="M31.2 30.500h1.6" />
      </g>
    )}
  </g>
);

const beard = "M19.8 33C20 47 26 49.5 32 49.500S44 47 44.2 33C42 37 39 35.8 32 35.800S22 37 19.8 33z";

/** Somebody's picture. It says nothing that the name beside it does not. */
export function Face({ person, size = 32 }: { person: string; size?: number }) {
  const look = lookOf(person);
  return (
    <svg class="face" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" fill={look.ground} />
      <Behind {...look} />
      <path d="M8 66c0-12 11-17 24-17s24 5 24 17z" fill={look.cloth} />
      <path d="M26.5 40h11v9q-5.5 5-11 0z" fill={look.skin} />
      <path d="M26.5 43q5.5 4 11 0v3q-5.5 4-11 0z" opacity=".14" />
      <g fill={look.skin}>
        <ellipse cx="32" cy="31.5" rx="13" ry="14.5" />
        {look.style !== "scarf" && <path d="M19 29a3 3 0 0 0 0 6.500zM45 29a3 3 0 0 1 0 6.500z" />}
      </g>
      {look.beard && <path d={beard} fill={look.style === "bald" ? "#8F8A94" : look.hair} />}
      <Features {...look} />
      <Front {...look} />
    </svg>
  );
}
