const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const weekday = new Intl.DateTimeFormat("en", { weekday: "short" });
const dayLong = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const dayShort = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const daysAgo = (at: number, now: number): number => Math.round((midnight(now) - midnight(at)) / 86_400_000);

let last = { minute: Number.NaN, text: "" };

/** The time of the day. Bubbles ask for it thrice each, and most of them say the same minute. */
export function clockOf(at: number): string {
  const minute = Math.floor(at / 60_000);
  if (minute !== last.minute) last = { minute, text: clock.format(at) };
  return last.text;
}

export const fullTime = (at: number): string => full.format(at);

/** As short as it can be told: a time today, a weekday this week, else a date. */
export function shortTime(at: number, now = Date.now()): string {
  const days = daysAgo(at, now);
  if (days === 0) return clock.format(at);
  return days > 0 && days < 7 ? weekday.format(at) : dayShort.format(at);
}

export function dayName(at: number, now = Date.now()): string {
  const days = daysAgo(at, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayLong.format(at) : dayOfYear.format(at);
}

export const sinceTime = (at: number, now = Date.now()): string =>
  daysAgo(at, now) === 0 ? clock.format(at) : `${shortTime(at, now)} ${clock.format(at)}`;

export function greeting(now = new Date()): string {
  const hour = now.getHours();
  if (hour >= 5 && hour < 12) return "Good morning";
  return hour >= 12 && hour < 18 ? "Good afternoon" : "Good evening";
}
