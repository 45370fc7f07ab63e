import {
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  halfJitterGenerator,
  handleType,
  type IBackoffFactory,
  type IHalfOpenAfterBackoffContext,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { withTimeLimit } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type {
  Attempt,
  Call,
  Circuit,
  EndpointState,
  PolicyEvent,
  PolicySettings,
  RunCall,
  Verdict,
} from './call.ts';
import { CallUnavailable } from './call-unavailable.ts';
import { ABORTED, countsForCircuit, FailedAttempt, TIMED_OUT } from './failed-attempt.ts';

export type CallPolicies = Readonly<{
  run: RunCall;
  /** An endpoint that was never called is closed. */
  state: (endpoint: string) => EndpointState;
  /** Every endpoint that was called so far. */
  states: () => readonly EndpointState[];
  /**
   * A call that costs nothing was answered where this endpoint is: if its circuit is open, the next call may be the
   * probe, without waiting for its time. Where the attempt that failed last may have been paid for, only the end
   * of an outage is reason enough to buy another.
   * @param seen `back`: such a call had failed before; `there`: it had not, so the fault is the endpoint's own
   */
  letProbe: (endpoint: string, seen: 'back' | 'there') => void;
}>;

/** A place is free in a moment. */
const BUSY_WAIT_MS = 1000;
/** While one call probes, the others have no need to hurry: its success is told to them. */
const PROBE_WAIT_MS = 5000;
/** Each failed probe doubles the wait for the next one, up to this many times the first wait. */
const LONGEST_RESET_FACTOR = 5;
/** Answers that were lost but may be billed: after this many a costly call stops buying more. */
const MAX_MAYBE_PAID = 2;

/**
 * One policy for the calls to every endpoint: bulkhead (shared) → retry → circuit breaker → time limit.
 *
 * `run` makes the call and gives back its value, or throws
 * - the reason of the caller's signal, at once, also in the middle of a back-off;
 * - CallUnavailable, with `retryAfterMs` where it is known;
 * - otherwise what the last attempt threw.
 *
 * An attempt is over when its function has settled: it must reject soon after its signal aborts, and no
 * second attempt starts before. A circuit opens after failures in a row, lets one probe through when its
 * time has come and refuses everyone else meanwhile. That time is ours, on the monotonic clock: cockatiel goes by
 * the wall clock, and cannot be told of an earlier one.
 */
export function createCallPolicies(
  settings: PolicySettings,
  options: Readonly<{
    /** Called for every error of an attempt but timeouts and aborts, which the policy judges itself. */
    classify: (error: unknown) => Verdict;
    /** For log and metrics; it must not throw. */
    onEvent?: (event: PolicyEvent) => void;
  }>,
): CallPolicies {
  const endpoints = new Map<string, Endpoint>();
  // No queue: the line that people stand in is the database's.
  const places = bulkhead(settings.maxConcurrentRequests, 0);
  const onEvent = options.onEvent ?? (() => {});

  function endpointOf(name: string): Endpoint {
    const known = endpoints.get(name);
    if (known !== undefined) return known;
    const made = createEndpoint(name, settings, options.classify, onEvent);
    endpoints.set(name, made);
    return made;
  }

  return {
    async run(call, attempt) {
      call.signal.throwIfAborted();
      const endpoint = endpointOf(call.endpoint);
      try {
        return await places.execute(() => endpoint.run(call, attempt));
      } catch (error) {
        if (error instanceof BulkheadRejectedError) {
          throw new CallUnavailable('busy', 'as many calls as allowed are in flight', BUSY_WAIT_MS);
        }
        throw error;
      }
    },
    state: (name) => endpoints.get(name)?.state() ?? { endpoint: name, circuit: 'closed', probeInMs: null },
    states: () => [...endpoints.values()].map((endpoint) => endpoint.state()),
    letProbe: (name, seen) => endpoints.get(name)?.letProbe(seen),
  };
}

type Endpoint = ReturnType<typeof createEndpoint>;

function createEndpoint(
  name: string,
  settings: PolicySettings,
  classify: (error: unknown) => Verdict,
  onEvent: (event: PolicyEvent) => void,
) {
  const { breaker, probeInMs, letProbe } = createBreaker(name, settings.circuit, onEvent);
  // The waits are made inside the retried function (see `pause`), so that an abort can cut them short.
  const retrying = retry(handleType(FailedAttempt), { maxAttempts: settings.retry.maxAttempts - 1 });
  const timed = wrap(
    breaker,
    timeout(settings.attemptTimeoutMs, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false }),
  );
  const delays: IBackoffFactory<unknown> = new ExponentialBackoff({
    generator: halfJitterGenerator,
    initialDelay: settings.retry.baseDelayMs,
    maxDelay: settings.retry.maxDelayMs,
  });

  /** One attempt under breaker and time limit. Throws FailedAttempt or the abort's reason. */
  function tryOnce<T>(call: Call, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    switch (call.limit) {
      case 'whole':
        return timed.execute(
          ({ signal }) => judged(call, { signal, heartbeat: () => {} }, attempt),
          call.signal,
        );
      case 'silence':
        return limitSilence(settings.silenceTimeoutMs, call, attempt);
      case 'long-silence':
        return limitSilence(settings.longSilenceTimeoutMs, call, attempt);
    }
  }

  /** cockatiel's timeout cannot be put off while it runs. */
  function limitSilence<T>(limitMs: number, call: Call, attempt: (attempt: Attempt) => Promise<T>) {
    return breaker.execute(
      () =>
        withTimeLimit({ limitMs, parent: call.signal }, (signal, heartbeat) =>
          judged(call, { signal, heartbeat }, attempt),
        ),
      call.signal,
    );
  }

  /** The attempt, its failure turned into a FailedAttempt that carries the verdict. */
  async function judged<T>(
    call: Call,
    context: Attempt,
    attempt: (attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    // Only the probe itself gets here while the circuit is half open.
    const probe = breaker.state === CircuitState.HalfOpen;
    try {
      return await attempt(context);
    } catch (error) {
      if (call.signal.aborted) throw new FailedAttempt(call.signal.reason, ABORTED, probe);
      if (context.signal.aborted) {
        const timedOut = new CallUnavailable('timeout', `${name} did not answer in time`, null, error);
        throw new FailedAttempt(timedOut, TIMED_OUT, probe);
      }
      throw new FailedAttempt(error, classify(error), probe);
    }
  }

  async function run<T>(call: Call, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    let backoff = delays;
    let maybePaid = 0;

    /** Milliseconds to the next attempt, or null when this failure is the last. */
    function waitAfter({ verdict }: FailedAttempt, attemptsMade: number): number | null {
      if (verdict.maybePaid && call.costly) maybePaid += 1;
      const spent = attemptsMade >= settings.retry.maxAttempts || maybePaid >= MAX_MAYBE_PAID;
      if (!verdict.retry || spent || breaker.state === CircuitState.Open) return null;
      const next = backoff.next(undefined);
      backoff = next;
      return Math.max(next.duration, verdict.retryAfterMs ?? 0);
    }

    return retrying.execute(async ({ attempt: attemptsBefore }) => {
      call.signal.throwIfAborted();
      // cockatiel would have us wait for the probe's answer, holding a place.
      if (breaker.state === CircuitState.HalfOpen) throw circuitOpen(PROBE_WAIT_MS);
      const wait = probeInMs();
      if (breaker.state === CircuitState.Open && wait > 0) throw circuitOpen(wait);
      try {
        return await tryOnce(call, attempt);
      } catch (error) {
        if (!(error instanceof FailedAttempt)) throw error;
        const delayMs = waitAfter(error, attemptsBefore + 1);
        if (delayMs === null) throw error.cause;
        if (delayMs > longestWait(call)) throw tooLongToWait(error);
        onEvent({
          kind: 'retry',
          endpoint: name,
          attempt: attemptsBefore + 1,
          delayMs,
          error: error.cause,
        });
        if (!(await pause(delayMs, call.signal))) throw call.signal.reason;
        throw error;
      }
    });
  }

  function longestWait(call: Call): number {
    const left = call.deadlineAt === null ? Number.POSITIVE_INFINITY : call.deadlineAt - performance.now();
    return Math.min(settings.retry.maxDelayMs, left);
  }

  /** Trying earlier than the endpoint asked for would only be refused again. */
  function tooLongToWait({ verdict, cause }: FailedAttempt): unknown {
    if (verdict.retryAfterMs === null) return cause;
    return new CallUnavailable('retry-later', `${name} asks for a longer wait`, verdict.retryAfterMs, cause);
  }

  function circuitOpen(waitMs: number) {
    const cause = failureOf(breaker.lastFailure)?.cause;
    return new CallUnavailable('circuit-open', `the circuit of ${name} is open`, waitMs, cause);
  }

  function state(): EndpointState {
    const circuit = circuitOf(breaker.state);
    return { endpoint: name, circuit, probeInMs: circuit === 'open' ? probeInMs() : null };
  }

  return { run, state, letProbe };
}

/** The endpoint's circuit, and in how many milliseconds an open one lets its probe through. */
function createBreaker(
  endpoint: string,
  { failureThreshold, resetTimeoutMs }: PolicySettings['circuit'],
  onEvent: (event: PolicyEvent) => void,
) {
  let probeAt = 0;
  let maybePaid = false;
  const probeInMs = () => Math.max(probeAt - performance.now(), 0);
  const breaker = circuitBreaker(handleType(FailedAttempt, countsForCircuit), {
    breaker: new ConsecutiveBreaker(failureThreshold),
    halfOpenAfter: new DelegateBackoff(({ attempt, result }: IHalfOpenAfterBackoffContext) => {
      probeAt = performance.now() + resetTimeoutMs * Math.min(2 ** (attempt - 1), LONGEST_RESET_FACTOR);
      maybePaid = failureOf(result)?.verdict.maybePaid ?? false;
      // Whoever asks cockatiel has waited for `probeAt`; its own clock may stand anywhere.
      return Number.NEGATIVE_INFINITY;
    }),
  });
  breaker.onBreak(() => onEvent({ kind: 'open', endpoint, probeInMs: probeInMs() }));
  breaker.onHalfOpen(() => onEvent({ kind: 'half-open', endpoint }));
  breaker.onReset(() => onEvent({ kind: 'closed', endpoint }));

  function letProbe(seen: 'back' | 'there'): void {
    if (seen === 'back' || !maybePaid) probeAt = Math.min(probeAt, performance.now());
  }

  return { breaker, probeInMs, letProbe };
}

function failureOf(outcome: CircuitBreakerPolicy['lastFailure']): FailedAttempt | null {
  return outcome !== undefined && 'error' in outcome && outcome.error instanceof FailedAttempt
    ? outcome.error
    : null;
}

function circuitOf(state: CircuitState): Circuit {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    // Held open by hand, which nothing here does.
    case CircuitState.Isolated:
      return 'open';
  }
}
