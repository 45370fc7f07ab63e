import { AppError } from '../errors.ts';
import type { CallLimits } from './provider.ts';

/** When nobody has said how long to wait before the next try, in milliseconds. */
export const USUAL_WAIT_MS = 30_000;

/**
 * Runs `work` under the caller's signal and, unless null, a deadline of so many milliseconds. The signal that
 * `work` gets always aborts with an AppError: `cancelled` when the caller gave up, `provider-unavailable`
 * (reason `deadline`) when the time is over. Timer and listener are gone when it has ended.
 */
export async function withLimits<T>(
  caller: AbortSignal,
  deadlineMs: number | null,
  work: (limits: CallLimits) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancel = () =>
    controller.abort(new AppError('cancelled', 'the caller gave up', { cause: caller.reason }));
  const expire = () =>
    controller.abort(
      new AppError('provider-unavailable', 'the deadline has passed', {
        details: { reason: 'deadline', retryAfterMs: USUAL_WAIT_MS },
      }),
    );
  if (caller.aborted) cancel();
  caller.addEventListener('abort', cancel, { once: true });
  const timer = deadlineMs === null ? undefined : setTimeout(expire, deadlineMs);
  const deadlineAt = deadlineMs === null ? null : performance.now() + deadlineMs;
  try {
    return await work({ signal: controller.signal, deadlineAt });
  } finally {
    clearTimeout(timer);
    caller.removeEventListener('abort', cancel);
  }
}
