import { useMemo } from "preact/hooks";
import { sceneOf } from "./scenes.js";

/** What is behind those who are in a room. */
export function Scene({ name, how = "" }: { name: string; how?: string }) {
  const inner = useMemo(() => ({ __html: sceneOf(name) }), [name]);
  return (
    <svg
      class={`scene ${how}`}
      viewBox="0 0 252 140"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      dangerouslySetInnerHTML={inner}
    />
  );
}

export const Chimney = () => (
  <svg class="chimney" viewBox="0 0 40 48" aria-hidden="true">
    <path class="smoke" d="M18 14c-6-5 4-7 0-12" />
    <rect class="bricks" x="6" y="24" width="28" height="24" />
    <rect class="rim" x="2" y="18" width="36" height="8" />
  </svg>
);

export const Roof = () => (
  <svg class="roof" viewBox="0 0 868 54" preserveAspectRatio="none" aria-hidden="true">
    <pattern id="tiles" width="14" height="10" patternUnits="userSpaceOnUse">
      <path class="tile-line" d="M0 10Q3.5 3 7 10T14 10" />
    </pattern>
    <path class="roof-tiles" d="M80 6Q88 0 100 0h668q12 0 20 6l80 42H0z" />
    <path class="roof-pattern" d="M80 6Q88 0 100 0h668q12 0 20 6l80 42H0z" />
    <path class="roof-edge" d="M0 47h868v7H0z" />
  </svg>
);

export const Curtains = () => (
  <svg class="scene curtains" viewBox="0 0 252 140" preserveAspectRatio="none" aria-hidden="true">
    <rect class="curtain" width="252" height="140" />
    <g class="fold">
      {[10, 30, 52, 74, 96, 138, 160, 182, 204, 226].map((x) => (
        <path key={x} d={`M${x} 14q4 64-2 126h9q4-62 2-126z`} />
      ))}
    </g>
    <path class="gap" d="M125 12h2.5v128H125z" />
    <path class="valance" d="M0 0h252v12q-21 12-42 0-21 12-42 0-21 12-42 0-21 12-42 0-21 12-42 0-21 12-42 0z" />
  </svg>
);

export const Night = () => (
  <svg class="scene" viewBox="0 0 252 140" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <rect class="night" width="252" height="140" />
    <path class="ray" d="M40 0h40L10 140h-60zM150 0h26l-70 140H64z" />
    <path class="thing" d="M123 0h2.5v28H123zM104 41q2-15 20-15t20 15zM186 90q0-12 12-12h40q12 0 12 12v24h-64z" />
    <rect class="boards" y="114" width="252" height="26" />
  </svg>
);

export const Door = () => (
  <svg class="door" viewBox="0 0 90 116" aria-hidden="true">
    <path class="door-frame" d="M0 116V45a45 45 0 0 1 90 0v71z" />
    <path class="door-light" d="M8 116V46a37 37 0 0 1 74 0v70z" />
    <path class="door-leaf" d="M8 116V46A37 37 0 0 1 30 13v103z" />
    <path class="door-panel" d="M13 60V44q0-10 11-18v34zM13 108V68h11v40z" />
    <circle cx="25" cy="72" r="2.5" class="door-knob" />
  </svg>
);

export const Garden = () => (
  <svg class="garden" viewBox="0 0 900 46" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <rect class="lawn" y="14" width="900" height="32" />
    <path class="lawn-light" d="M0 14h900v4H0z" />
    <path class="path" d="M70 14h86l38 32H38z" />
    <g class="hedge">
      <ellipse cx="14" cy="22" rx="60" ry="18" />
      <ellipse cx="262" cy="25" rx="50" ry="11" />
      <ellipse cx="286" cy="22" rx="32" ry="9" />
      <ellipse cx="560" cy="25" rx="34" ry="8" />
      <ellipse cx="596" cy="27" rx="28" ry="6" />
      <ellipse cx="880" cy="22" rx="62" ry="18" />
    </g>
    <g class="blossom">
      <circle cx="24" cy="14" r="3" />
      <circle cx="46" cy="20" r="3" />
      <circle cx="284" cy="20" r="3" />
      <circle cx="862" cy="14" r="3" />
    </g>
    <g class="blossom pink">
      <circle cx="36" cy="26" r="2.5" />
      <circle cx="258" cy="24" r="2.5" />
      <circle cx="566" cy="24" r="2.5" />
      <circle cx="882" cy="24" r="2.5" />
    </g>
  </svg>
);
