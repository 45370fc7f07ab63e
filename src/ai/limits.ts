import { AppError } from '../errors.ts';
import type { CallLimits } from '../resilience/call.ts';
import { withTimeLimit } from '../time/deadline.ts';

/** When nobody has said how long to wait before the next try, in milliseconds. */
export const USUAL_WAIT_MS = 30_000;

/**
 * Runs `work` under the caller's signal and, unless null, a deadline of so many milliseconds. The signal that
 * `work` gets always aborts with an AppError: `cancelled` when the caller gave up, `provider-unavailable`
 * (reason `deadline`) when the time is over.
 */
export async function withLimits<T>(
  caller: AbortSignal,
  deadlineMs: number | null,
  work: (limits: CallLimits) => Promise<T>,
): Promise<T> {
  const deadlineAt = deadlineMs === null ? null : performance.now() + deadlineMs;
  const reason = () => (caller.aborted ? cancelled(caller) : overdue());
  return withTimeLimit({ limitMs: deadlineMs, parent: caller, reason }, (signal) =>
    work({ signal, deadlineAt }),
  );
}

function cancelled(caller: AbortSignal): AppError {
  return new AppError('cancelled', 'the caller gave up', { cause: caller.reason });
}

function overdue(): AppError {
  return new AppError('provider-unavailable', 'the deadline has passed', {
    details: { reason: 'deadline', retryAfterMs: USUAL_WAIT_MS },
  });
}
