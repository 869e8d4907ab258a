import type { Quiet } from "../wire/house.js";

const day = 24 * 60;

/** By how many minutes the clock that they were set by is ahead of UTC. */
export const aheadOf = ({ ahead = 0, behind = 0 }: Quiet): number => ahead - behind;

/** By how many the clock of this device is. */
export const aheadHere = (now = new Date()): number => -now.getTimezoneOffset() || 0;

/** The hours by a clock that is so far ahead of UTC, or behind where it is less than nothing. */
export const quietFrom = (from: number, to: number, offset: number): Quiet => ({
  from,
  to,
  ...(offset > 0 ? { ahead: offset } : offset < 0 ? { behind: -offset } : {}),
});

/** Whether it is quiet at a moment, in milliseconds since 1970. Where both ends are the same it never is. */
export function isQuiet(quiet: Quiet | undefined, now = Date.now()): boolean {
  if (!quiet) return false;
  const { from, to } = quiet;
  const minute = (((Math.floor(now / 60_000) + aheadOf(quiet)) % day) + day) % day;
  return from <= to ? from <= minute && minute < to : from <= minute || minute < to;
}

/** "22:05", as fields for times have it. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** The minute of the day; null where it is no time. */
export function minuteOf(text: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
}

/** "UTC+2", "UTC−3:30". */
export function zoneText(offset: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const sign = offset < 0 ? "−" : "+";
  return offset === 0 ? "UTC" : `UTC${sign}${hours}${minutes ? `:${String(minutes).padStart(2, "0")}` : ""}`;
}
