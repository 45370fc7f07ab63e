import { AppError } from '../errors.ts';

/** Durations in milliseconds. */
export type PolicySettings = Readonly<{
  /** One attempt of a text call. */
  textTimeoutMs: number;
  /** The longest silence of a picture's stream; its first event is waited for as long. */
  imageStallTimeoutMs: number;
  /** Attempts in all; waits double from `baseDelayMs`, half of each is chance. */
  retry: Readonly<{ maxAttempts: number; baseDelayMs: number; maxDelayMs: number }>;
  /** Failures in a row that open a circuit, and the wait for its first probe. */
  circuit: Readonly<{ failureThreshold: number; resetTimeoutMs: number }>;
  /** Calls in flight, over all endpoints together. */
  maxConcurrentRequests: number;
}>;

export type ProviderCall = Readonly<{
  /** The circuit's name, such as `openai/gpt-image-2` or `openai:detection`. */
  endpoint: string;
  /** `text`: a limit on each attempt; `picture`: a limit on each silence, and the work costs money. */
  kind: 'text' | 'picture';
  /** The caller's own signal. An AppError as its reason is thrown as it is, anything else as `cancelled`. */
  signal: AbortSignal;
  /** On performance.now()'s clock: no wait is begun that would end later. */
  deadlineAt: number | null;
}>;

/** What an attempt is given: a signal that ends it, and a way to say that it is still alive. */
export type Attempt = Readonly<{ signal: AbortSignal; heartbeat: () => void }>;

/** What one failure means: given by whoever knows the provider's errors. */
export type Verdict = Readonly<{
  retry: boolean;
  /**
   * What it tells of the endpoint: `broken` (connection faults, timeouts, 5xx) counts for the circuit,
   * `fine` means that it answered (4xx), `unknown` that it was not asked or not waited for.
   */
  health: 'broken' | 'fine' | 'unknown';
  /** The answer was lost on its way: the provider may have done the work and billed it. */
  maybePaid: boolean;
  /** What the provider's Retry-After asked for. */
  retryAfterMs: number | null;
}>;

export type PolicyEvent = Readonly<
  | { kind: 'retry'; endpoint: string; attempt: number; delayMs: number; error: unknown }
  | { kind: 'open'; endpoint: string; probeInMs: number }
  | { kind: 'half-open'; endpoint: string }
  | { kind: 'closed'; endpoint: string }
>;

export type Circuit = 'closed' | 'open' | 'half-open';
export type EndpointState = Readonly<{ endpoint: string; circuit: Circuit; probeInMs: number | null }>;

/** What an aborted call throws: an AppError that was given as the reason, or `cancelled`. */
export function reasonOf(signal: AbortSignal): AppError {
  if (signal.reason instanceof AppError) return signal.reason;
  return new AppError('cancelled', 'the caller gave the provider call up', { cause: signal.reason });
}

export type UnavailableReason = 'busy' | 'circuit-open' | 'timeout' | 'retry-later';

/** The policy's own refusals. `retryAfterMs` is left out of the details when nobody knows it. */
export function unavailable(
  reason: UnavailableReason,
  message: string,
  retryAfterMs: number | null,
  cause?: unknown,
): AppError {
  const details = { reason, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  return new AppError('provider-unavailable', message, { cause, details });
}
