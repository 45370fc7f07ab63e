/** Hours of the day in which what can wait does, on the clock of a time zone: 22–8 goes over midnight. */
export type QuietHours = Readonly<{ from: number; to: number; timeZone: string }>;

const HOUR_MS = 3_600_000;

/** The moment itself, or the end of the quiet hours that it falls into, to the hour. */
export function endOfQuiet(moment: Date, { from, to, timeZone }: QuietHours): Date {
  const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const isQuiet = (at: Date) => {
    const hour = Number(format.format(at));
    return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  };
  if (!isQuiet(moment)) return moment;
  // Hour by hour, because an hour can be skipped or come twice.
  let end = new Date(Math.floor(moment.getTime() / HOUR_MS) * HOUR_MS);
  for (let hours = 0; hours < 26 && isQuiet(end); hours++) end = new Date(end.getTime() + HOUR_MS);
  return end;
}
