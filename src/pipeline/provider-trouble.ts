/** A provider that does no work for us: the work waits, no order fails, nothing is sold, and the admins are told. */

import type { AlertDetails, AlertKey } from '../alerts/alert.ts';
import { PROVIDER_FAULTS, PROVIDER_TROUBLES } from '../billing/selling.ts';
import { type AppError, isAppError } from '../errors.ts';
import { isAnyPictureDue } from '../photoshoots/run/is-any-picture-due.ts';
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
 * Puts down why work was held up, or came to nothing. What waits for a person counts at once; an outage only when no
 * call has succeeded until `outageAfterMs` after the one that failed began. A request that every model rejects
 * pauses nothing: it may be the one photo, and where nobody has credits no picture would come to end the pause.
 */
export async function reportTrouble(deps: TroubleDeps, error: AppError, callBegan: Date): Promise<void> {
  const details = detailsOf(error);
  if (isAppError(error, 'provider-paused')) {
    const fault = PROVIDER_FAULTS.find((known) => known === error.details.reason) ?? 'key';
    deps.log.error({ reason: fault }, 'the provider does no work for us; all orders wait');
    await deps.alerts.raise(`provider-${fault}`, details);
  } else if (isAppError(error, 'provider-rejected')) {
    deps.log.error({ model: details.model, code: details.code }, 'no model takes what is asked of it');
    await deps.alerts.raise('provider-rejected', details);
  } else if (isOutage(error)) {
    await deps.alerts.raise('provider-outage', details, { standsFrom: outageFrom(deps, callBegan) });
  }
}

/** Puts down that products are not recognised; the house's styles stand in, so nothing waits and nothing is paused. */
export async function reportUnrecognised(deps: TroubleDeps, error: AppError, callBegan: Date): Promise<void> {
  const standsFrom = isOutage(error) ? outageFrom(deps, callBegan) : new Date();
  await deps.alerts.raise('recognition-failing', detailsOf(error), { standsFrom });
}

/** What a success proves, by the call that had it. */
const PROVED: Readonly<Record<'picture' | 'recognition', readonly AlertKey[]>> = {
  picture: [...PROVIDER_TROUBLES, 'provider-rejected'],
  recognition: ['recognition-failing'],
};

/**
 * A paid call has succeeded, so the provider works for us, whatever the trouble was: all orders go on, and the
 * admins are told if they had been told of it. One that began before the trouble proves nothing: a stream outlives
 * the quota that it was begun with.
 */
export async function reportRecovery(
  deps: Pick<PipelineDeps, 'alerts' | 'queue' | 'db'>,
  call: 'picture' | 'recognition',
  callBegan: Date,
): Promise<void> {
  if (call === 'picture') {
    if (await deps.alerts.resolve(PROVED.picture, callBegan)) await wakeUnattended(deps, 'all');
    return;
  }
  if (await deps.alerts.areQuiet([...PROVED.recognition, ...PROVIDER_TROUBLES], callBegan)) return;
  await deps.alerts.resolve(PROVED.recognition, callBegan);
  // Where recognition works and pictures do not, it would sell what cannot be made: while an order has pictures to
  // be made, it is theirs to tell.
  if (await isAnyPictureDue(deps.db)) return;
  if (await deps.alerts.resolve(PROVIDER_TROUBLES, callBegan)) await wakeUnattended(deps, 'all');
}

function isOutage(error: AppError): boolean {
  return isAppError(error, 'provider-unavailable') && OUTAGES.has(error.details.reason);
}

function outageFrom({ outageAfterMs }: TroubleDeps, callBegan: Date): Date {
  return new Date(callBegan.getTime() + outageAfterMs);
}

/** Which model it was, and what its provider said, in its own words. */
function detailsOf({ code: kind, details }: AppError): AlertDetails {
  const { reason = kind, model = reason, code = reason, words = '' } = details;
  return { model, code, words };
}
