export const Logo = ({ size = 30 }: { size?: number }) => (
  <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <path class="logo-arch" d="M3 29V15a13 13 0 0 1 26 0v14h-6V15a7 7 0 0 0-14 0v14z" />
    <path class="logo-room" d="M10.5 29V15a5.5 5.5 0 0 1 11 0v14z" />
    <path class="logo-door" d="M15 29V11.500l6.5 3.500v14z" />
    <circle class="logo-knob" cx="17.5" cy="21" r="1.1" />
  </svg>
);
