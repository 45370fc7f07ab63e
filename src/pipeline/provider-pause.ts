/** A missing quota or a refused key: the work waits, no order fails, and the admins are told once. */

import { clearPause, PAUSE_REASONS, pauseNotice, raiseNotice } from '../billing/selling.ts';
import type { AppError } from '../errors.ts';
import type { MessengerDeps } from '../messenger/deps.ts';
import { tellAdmins } from '../messenger/tell-admins.ts';
import { wakeUnattended } from '../photoshoots/run/wake-unattended.ts';
import type { PipelineDeps } from './deps.ts';

/** Tells the admins why the provider does no work, the first time that it is noticed. */
export async function reportPause(deps: MessengerDeps, error: AppError): Promise<void> {
  const reason = PAUSE_REASONS.find((known) => known === error.details.reason) ?? 'key';
  deps.log.error({ reason }, 'the provider does no work for us; all orders wait');
  if (await raiseNotice(deps.db, pauseNotice(reason))) await tellAdmins(deps, `alert-provider-${reason}`);
}

/**
 * A paid call has succeeded: had the provider been reported as paused before it, all orders go on, and the admins
 * are told.
 */
export async function reportRecovery(
  deps: MessengerDeps & Pick<PipelineDeps, 'queue'>,
  callBegan: Date,
): Promise<void> {
  if (!(await clearPause(deps.db, callBegan))) return;
  await wakeUnattended(deps, 'all');
  await tellAdmins(deps, 'alert-provider-back');
}
