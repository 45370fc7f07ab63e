/** A missing quota or a refused key: the work waits, no order fails, and the admins are told once. */
import type { AppError } from '../errors.ts';
import { clearNotice, PAUSE_REASONS, pauseNotice, raiseNotice } from '../monitoring/notices.ts';
import { wakeUnattended } from '../photoshoots/wake-unattended.ts';
import { tellAdmins } from '../screens/tell-admins.ts';
import type { PipelineDeps } from './deps.ts';

type Deps = Pick<PipelineDeps, 'db' | 'gateway' | 'texts' | 'adminIds' | 'log'>;

/** Tells the admins why the provider does no work, the first time that it is noticed. */
export async function reportPause(deps: Deps, error: AppError): Promise<void> {
  const reason = PAUSE_REASONS.find((known) => known === error.details.reason) ?? 'key';
  deps.log.error({ reason }, 'the provider does no work for us; all orders wait');
  if (await raiseNotice(deps.db, pauseNotice(reason))) await tellAdmins(deps, `alert-provider-${reason}`);
}

/** Tells the admins that the provider works again, if they had been told that it does not; all orders go on. */
export async function reportRecovery(deps: Deps & Pick<PipelineDeps, 'queue'>): Promise<void> {
  let recovered = false;
  for (const reason of PAUSE_REASONS) {
    if (await clearNotice(deps.db, pauseNotice(reason))) recovered = true;
  }
  if (!recovered) return;
  await wakeUnattended(deps, 'all');
  await tellAdmins(deps, 'alert-provider-back');
}
