/** `retry-later`: the endpoint asks for a longer wait than we may make. */
export type UnavailableReason = 'busy' | 'circuit-open' | 'timeout' | 'retry-later';

/** The policy's own refusal. The floor above says what that means to a person. */
export class CallUnavailable extends Error {
  override readonly name = 'CallUnavailable';
  readonly reason: UnavailableReason;
  /** When another call may go through; null when nobody knows. */
  readonly retryAfterMs: number | null;

  constructor(reason: UnavailableReason, message: string, retryAfterMs: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
