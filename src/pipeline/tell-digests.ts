/** What owners read in the morning: yesterday, what stands, and what waits for them; the week before, if they like. */
import type { AlertKey } from '../alerts/alert.ts';
import { isRaised, standingAlerts } from '../alerts/read-alerts.ts';
import { STARS } from '../billing/orders/offers.ts';
import { PAUSE_REASONS, readSelling } from '../billing/selling.ts';
import { readSetting } from '../owners/settings.ts';
import { priceText } from '../screens/buy-card.ts';
import type { Counted } from '../statistics/book.ts';
import { readBrief } from '../statistics/brief.ts';
import { addDays, type Day, dayAt, hourAt, mondayOf, periodOfDays } from '../statistics/period.ts';
import { readWhatWaits } from '../statistics/what-waits.ts';
import type { PipelineDeps } from './deps.ts';

type Deps = Pick<PipelineDeps, 'db' | 'alerts' | 'counting'>;

/** From eight until noon of the owner's day: who starts the bot in the afternoon wants no morning's word. */
const FIRST_HOUR = 8;
const LAST_HOUR = 11;
const MICRO_USD = 1_000_000;

/**
 * What a schedule does every minute. A digest is an alert without an end, one for each day or week: it is told once
 * over all processes, and tried again while Telegram is away. The week's comes on the first morning after it on which
 * the bot runs and owners want it.
 */
export async function tellDigests(deps: Deps, now: Date): Promise<void> {
  const { timeZone } = deps.counting;
  const hour = hourAt(now, timeZone);
  if (hour < FIRST_HOUR || hour > LAST_HOUR) return;
  const today = dayAt(now, timeZone);
  await tellOnce(deps, `morning:${numberOf(today)}`, () => digestOfDay(deps, addDays(today, -1), now));
  const monday = mondayOf(today);
  if ((await readSetting(deps.db, 'weekly-digest', now)) !== null)
    await tellOnce(deps, `week:${numberOf(monday)}`, () => digestOfWeek(deps, addDays(monday, -7), now));
}

async function tellOnce(
  { db, alerts }: Deps,
  key: AlertKey,
  write: () => Promise<Readonly<Record<string, string | number>>>,
): Promise<void> {
  if (await isRaised(db, key)) return;
  await alerts.raise(key, await write(), { lasts: false });
}

async function digestOfDay({ db, counting }: Deps, day: Day, now: Date) {
  const waits = await readWhatWaits(db);
  return {
    day,
    ...(await figuresOf({ db, counting }, { from: day, to: day }, now, ({ now: value }) => String(value))),
    tickets: waits.tickets,
    held: waits.held + waits.unsettled,
    failed: waits.failed,
    atWork: waits.atWork,
    alerts: (await standingAlerts(db, PAUSE_REASONS, now)).length,
    selling: (await readSelling(db, now)).on ? 'on' : 'off',
  };
}

async function digestOfWeek({ db, counting }: Deps, monday: Day, now: Date) {
  const days = { from: monday, to: addDays(monday, 6) };
  return { ...days, ...(await figuresOf({ db, counting }, days, now, withChange)) };
}

/** @param count writes a number, perhaps with that of the time before */
async function figuresOf(
  { db, counting }: Pick<Deps, 'db' | 'counting'>,
  days: { from: Day; to: Day },
  now: Date,
  count: (value: Counted) => string,
) {
  const asked = { timeZone: counting.timeZone, period: periodOfDays(days) };
  const { newPeople, pictures, payments, gross, refunded, costMicroUsd } = await readBrief(db, asked, now);
  const prices = (amounts: typeof gross) =>
    amounts
      .filter((amount) => amount.now > 0)
      .map((amount) => priceText('en', amount.currency, amount.now))
      .join(', ');
  return {
    newPeople: count(newPeople),
    pictures: count(pictures),
    payments: count(payments),
    money: prices(gross) || priceText('en', STARS, 0),
    refunded: prices(refunded) || 'no',
    cost: (costMicroUsd.now / MICRO_USD).toFixed(2),
  };
}

/** “120 ▲ 12 %” in every language. */
function withChange({ now, before }: Counted): string {
  if (before === null || before === 0 || before === now) return String(now);
  const percent = Math.round((Math.abs(now - before) * 100) / before);
  return `${now} ${now > before ? '▲' : '▼'} ${percent} %`;
}

/** A day as the number that a key has room for: 20261126. */
function numberOf(day: Day): number {
  return Number(day.replaceAll('-', ''));
}
