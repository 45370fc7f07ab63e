/** A provider that does no work for us: the work waits, no order fails, nothing is sold, and the admins are told. */

import { PAUSE_REASONS, PROVIDER_FAULTS } from '../billing/selling.ts';
import { type AppError, isAppError } from '../errors.ts';
import { wakeUnattended } from '../photoshoots/run/wake-unattended.ts';
import type { PipelineDeps } from './deps.ts';

/** Nobody answered, or nothing of use. A limit of ours, a rate limit and a request that is refused are no outage. */
const OUTAGES: ReadonlySet<unknown> = new Set([
  'server',
  'connection',
  'bad-answer',
  'timeout',
  'deadline',
  'circuit-open',
]);

type TroubleDeps = Pick<PipelineDeps, 'alerts' | 'outageAfterMs' | 'log'>;

/**
 * Puts down why work was held up. What waits for a person counts at once; an outage only when no call has succeeded
 * until `outageAfterMs` after the one that failed began.
 */
export async function reportTrouble(deps: TroubleDeps, error: AppError, callBegan: Date): Promise<void> {
  const { reason, model, code } = error.details;
  if (isAppError(error, 'provider-paused')) {
    const fault = PROVIDER_FAULTS.find((known) => known === reason) ?? 'key';
    deps.log.error({ reason: fault }, 'the provider does no work for us; all orders wait');
    await deps.alerts.raise(`provider-${fault}`, {});
  } else if (isAppError(error, 'provider-unavailable') && OUTAGES.has(reason)) {
    const standsFrom = new Date(callBegan.getTime() + deps.outageAfterMs);
    const details = { model: String(model ?? reason), code: String(code ?? reason) };
    await deps.alerts.raise('provider-outage', details, { standsFrom });
  }
}

/**
 * A paid call has succeeded, so the provider works for us, whatever the trouble was: all orders go on, and the
 * admins are told if they had been told of it. One that began before the trouble proves nothing: a stream outlives
 * the quota that it was begun with.
 */
export async function reportRecovery(
  deps: Pick<PipelineDeps, 'alerts' | 'queue' | 'db'>,
  callBegan: Date,
): Promise<void> {
  if (await deps.alerts.resolve(PAUSE_REASONS, callBegan)) await wakeUnattended(deps, 'all');
}
