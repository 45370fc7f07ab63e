/** What owners read every morning: yesterday, what stands, and what waits for them. */
import { isRaised, standingAlerts } from '../alerts/alerts.ts';
import { STARS } from '../billing/orders/offers.ts';
import { PAUSE_REASONS, readSelling } from '../billing/selling.ts';
import { priceText } from '../screens/buy-card.ts';
import { readDayInBrief } from '../statistics/day-in-brief.ts';
import { readProviderSpending } from '../statistics/provider-spending.ts';
import { readWhatWaits } from '../statistics/what-waits.ts';
import type { PipelineDeps } from './deps.ts';

/** From eight until noon, UTC: who starts the bot in the afternoon wants no morning's word. */
const FIRST_HOUR = 8;
const LAST_HOUR = 11;
const DAY_MS = 86_400_000;
const MICRO_USD = 1_000_000;

/**
 * What a schedule does every minute. The digest is an alert without an end, one for each day: it is told once over all
 * processes, and tried again while Telegram is away.
 */
export async function tellMorning(deps: Pick<PipelineDeps, 'db' | 'alerts'>, now: Date): Promise<void> {
  const hour = now.getUTCHours();
  if (hour < FIRST_HOUR || hour > LAST_HOUR) return;
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const key = `morning:${Number(today.toISOString().slice(0, 10).replaceAll('-', ''))}` as const;
  if (await isRaised(deps.db, key)) return;
  await deps.alerts.raise(key, await digestOf(deps.db, today, now), { lasts: false });
}

async function digestOf(db: PipelineDeps['db'], today: Date, now: Date) {
  const yesterday = new Date(today.getTime() - DAY_MS);
  const { newPeople, pictures, payments, money } = await readDayInBrief(db, { from: yesterday, to: today });
  const waits = await readWhatWaits(db);
  const costMicroUsd = (await readProviderSpending(db, yesterday)) - (await readProviderSpending(db, today));
  const prices = money.map(({ currency, amount }) => priceText('en', currency, amount));
  return {
    day: yesterday.toISOString().slice(0, 10),
    newPeople,
    pictures,
    payments,
    money: prices.length === 0 ? priceText('en', STARS, 0) : prices.join(', '),
    cost: (costMicroUsd / MICRO_USD).toFixed(2),
    tickets: waits.tickets,
    held: waits.held + waits.unsettled,
    failed: waits.failed,
    atWork: waits.atWork,
    alerts: (await standingAlerts(db, PAUSE_REASONS, now)).length,
    selling: (await readSelling(db, now)).on ? 'on' : 'off',
  };
}
