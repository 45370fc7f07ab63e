import type { Verdict } from './call.ts';

/** One attempt's failure with what follows from it. It stays inside the policy, which throws its cause. */
export class FailedAttempt extends Error {
  readonly verdict: Verdict;
  /** The attempt was the probe of a half-open circuit. */
  readonly probe: boolean;

  constructor(cause: unknown, verdict: Verdict, probe: boolean) {
    super('attempt failed', { cause });
    this.verdict = verdict;
    this.probe = probe;
  }
}

export const ABORTED: Verdict = { retry: false, health: 'unknown', maybePaid: false, retryAfterMs: null };
export const TIMED_OUT: Verdict = { retry: true, health: 'broken', maybePaid: true, retryAfterMs: null };

/**
 * Whether the failure counts for the circuit. To cockatiel one that does not is a success, and would close a
 * half-open circuit: a probe that was cancelled has proved nothing, so it counts, and another one must follow.
 */
export function countsForCircuit({ verdict, probe }: FailedAttempt): boolean {
  switch (verdict.health) {
    case 'broken':
      return true;
    case 'unknown':
      return probe;
    case 'fine':
      return false;
  }
}
