/** The words that the policy and its callers share: a call, its attempts, and what a failure means. */

/** Durations in milliseconds. */
export type PolicySettings = Readonly<{
  /** One attempt, where a call is limited as a whole. */
  attemptTimeoutMs: number;
  /** The longest silence of an answer that comes in pieces; its first piece is waited for as long. */
  silenceTimeoutMs: number;
  /** The longest wait for a costly answer that comes in one piece. */
  longSilenceTimeoutMs: number;
  /** Attempts in all; waits double from `baseDelayMs`, half of each is chance. */
  retry: Readonly<{ maxAttempts: number; baseDelayMs: number; maxDelayMs: number }>;
  /** Failures in a row that open a circuit, and the wait for its first probe. */
  circuit: Readonly<{ failureThreshold: number; resetTimeoutMs: number }>;
  /** Calls in flight, over all endpoints together. */
  maxConcurrentRequests: number;
}>;

/** What bounds a call from outside. */
export type CallLimits = Readonly<{
  /** The caller's own signal; its reason is what an aborted call throws. */
  signal: AbortSignal;
  /** On performance.now()'s clock: no wait is begun that would end later. */
  deadlineAt: number | null;
}>;

export type Call = CallLimits &
  Readonly<{
    /** The circuit's name, such as `openai/gpt-image-2` or `openai:detection`. */
    endpoint: string;
    /**
     * What of each attempt is limited: its whole time, or each silence between two heartbeats, which is long where
     * an answer comes in one piece.
     */
    limit: 'whole' | 'silence' | 'long-silence';
    /** It costs so much that it is not bought again and again while answers are lost that may be billed. */
    costly: boolean;
  }>;

/** What an attempt is given: a signal that ends it, and a way to say that it is still alive. */
export type Attempt = Readonly<{ signal: AbortSignal; heartbeat: () => void }>;

/**
 * Makes a call under the policy and gives back its value.
 * @throws the reason of the caller's signal, CallUnavailable, or what the last attempt threw
 */
export type RunCall = <T>(call: Call, attempt: (attempt: Attempt) => Promise<T>) => Promise<T>;

/** What one failure means: given by whoever knows the endpoint's errors. */
export type Verdict = Readonly<{
  retry: boolean;
  /**
   * What it tells of the endpoint: `broken` (connection faults, timeouts, 5xx) counts for the circuit,
   * `fine` means that it answered (4xx), `unknown` that it was not asked or not waited for.
   */
  health: 'broken' | 'fine' | 'unknown';
  /** The answer was lost on its way: the endpoint may have done the work and billed it. */
  maybePaid: boolean;
  /** What the endpoint's Retry-After asked for. */
  retryAfterMs: number | null;
}>;

export type PolicyEvent = Readonly<
  | { kind: 'retry'; endpoint: string; attempt: number; delayMs: number; error: unknown }
  | { kind: 'open'; endpoint: string; probeInMs: number }
  | { kind: 'half-open'; endpoint: string }
  | { kind: 'closed'; endpoint: string }
>;

export type Circuit = 'closed' | 'open' | 'half-open';
/** `probeInMs` only while it is open. */
export type EndpointState = Readonly<{ endpoint: string; circuit: Circuit; probeInMs: number | null }>;
