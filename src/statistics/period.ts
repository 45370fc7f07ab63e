/** The time that figures are of: whole days of the owner's calendar. */

/** A calendar day as `2026-11-26`; its order as a text is its order in time. */
export type Day = string;

export const PERIODS = ['today', '7', '30', '90', 'all'] as const;
export type PeriodName = (typeof PERIODS)[number];

export type Days = { from: Day /** The last one, included. */; to: Day };
/** `before`: as many days that end where it begins, to compare with; null where there are none. */
export type Period = Days & { name: PeriodName | 'custom'; before: Days | null };

const DAY_MS = 86_400_000;
/** Before every day that anything happened on: Telegram has had bots since the summer of that year. */
export const BEGINNING: Day = '2015-01-01';

const dateIn = formatsBy({ calendar: 'iso8601', year: 'numeric', month: '2-digit', day: '2-digit' });
const hourIn = formatsBy({ hour: 'numeric', hourCycle: 'h23' });
const wallClockIn = formatsBy({
  calendar: 'iso8601',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** The day that it is at a moment in a time zone. */
export function dayAt(moment: Date, timeZone: string): Day {
  const parts = dateIn(timeZone).formatToParts(moment);
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

/** The hour of the day that it is, 0 to 23. */
export function hourAt(moment: Date, timeZone: string): number {
  return Number(hourIn(timeZone).format(moment));
}

/** The first day of the week that a day is in. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The moment at which a day begins in a time zone, as `startOf` (roll-up) has it in SQL. */
export function startOfDay(day: Day, timeZone: string): Date {
  const wall = Date.parse(day);
  const ahead = (moment: number) => wallClock(new Date(moment), timeZone) - moment;
  // The second time with the offset of that very moment: it may have changed since midnight of UTC.
  const guess = wall - ahead(wall);
  return new Date(wall - ahead(guess));
}

/** The moment at which a clock of UTC shows what a clock of the time zone shows now. */
function wallClock(moment: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    wallClockIn(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How many days these are. */
export function countDays({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}

/** A period that ends with the day that it is now. */
export function periodOf(name: PeriodName, timeZone: string, now: Date): Period {
  const to = dayAt(now, timeZone);
  if (name === 'all') return { name, from: BEGINNING, to, before: null };
  const days = name === 'today' ? 1 : Number(name);
  return { name, ...withBefore({ from: addDays(to, 1 - days), to }) };
}

/**
 * The days that somebody typed, such as `2026-11-01 2026-11-15`, or one day alone.
 * @returns null for what is no such days, or ends before it begins
 */
export function readPeriod(words: readonly string[]): Period | null {
  const [from, to = from] = words;
  if (from === undefined || to === undefined || words.length > 2) return null;
  if (!isDay(from) || !isDay(to) || to < from) return null;
  return periodOfDays({ from, to });
}

/** Any days, which need not end with today. */
export function periodOfDays(days: Days): Period & { before: Days } {
  return { name: 'custom', ...withBefore(days) };
}

function withBefore(days: Days): Days & { before: Days } {
  const before = { from: addDays(days.from, -countDays(days)), to: addDays(days.from, -1) };
  return { ...days, before };
}

function isDay(text: string): boolean {
  return /^2\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** Formats by time zone, each made once: to make one takes as long as to use it twenty times. */
function formatsBy(options: Intl.DateTimeFormatOptions): (timeZone: string) => Intl.DateTimeFormat {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const made = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { ...options, timeZone });
    formats.set(timeZone, made);
    return made;
  };
}
