/** The brake on what the providers cost a day: above it nothing is sold and no further picture is begun. */
import { wakeUnattended } from '../photoshoots/run/wake-unattended.ts';
import { readProviderSpending } from '../statistics/provider-spending.ts';
import type { PipelineDeps } from './deps.ts';

const MICRO_USD = 1_000_000;

/**
 * What a schedule does: pulls the brake when the day's budget is spent, tells the owners once, and lets go with the
 * owner's next day, or with a larger budget or none after a restart. A call under way is not cut: it is paid for.
 * @param budgetUsd null: there is none
 */
export async function watchBudget(
  deps: Pick<PipelineDeps, 'db' | 'queue' | 'alerts' | 'counting'>,
  budgetUsd: number | null,
  now: Date,
): Promise<void> {
  const { db, alerts, counting } = deps;
  const spent = budgetUsd === null ? 0 : (await readProviderSpending(db, counting.timeZone, now)) / MICRO_USD;
  if (budgetUsd !== null && spent >= budgetUsd) {
    // Told once: it lasts until the night, and whoever set the budget has expected it.
    const details = { spent: spent.toFixed(2), budget: budgetUsd.toFixed(2) };
    await alerts.raise('provider-budget', details, { lasts: false });
  } else if (await alerts.resolve(['provider-budget'])) await wakeUnattended(deps, 'all');
}
