import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Attempt, Call, PolicyEvent, PolicySettings, Verdict } from '../../../src/resilience/call.ts';
import { createCallPolicies } from '../../../src/resilience/policy.ts';
import { watch } from '../../support/watch.ts';

const SETTINGS: PolicySettings = {
  attemptTimeoutMs: 15_000,
  silenceTimeoutMs: 20_000,
  longSilenceTimeoutMs: 60_000,
  retry: { maxAttempts: 3, baseDelayMs: 1000, maxDelayMs: 30_000 },
  circuit: { failureThreshold: 5, resetTimeoutMs: 60_000 },
  maxConcurrentRequests: 100,
};

/** An error that carries its own verdict, so that each test states what it means by a failure. */
class Fault extends Error {
  readonly verdict: Verdict;
  constructor(name: string, verdict: Partial<Verdict>) {
    super(name);
    this.verdict = { retry: false, health: 'fine', maybePaid: false, retryAfterMs: null, ...verdict };
  }
}
const broken = () => new Fault('broken', { retry: true, health: 'broken' });
const refused = () => new Fault('refused', {});
const limited = (retryAfterMs: number | null) => new Fault('limited', { retry: true, retryAfterMs });

function classify(error: unknown): Verdict {
  if (error instanceof Fault) return error.verdict;
  return { retry: false, health: 'unknown', maybePaid: false, retryAfterMs: null };
}

function makePolicies(settings: Partial<PolicySettings> = {}) {
  const events: PolicyEvent[] = [];
  const policies = createCallPolicies(
    { ...SETTINGS, ...settings },
    { classify, onEvent: (event) => events.push(event) },
  );
  return { policies, events, run: policies.run };
}

/** No retries, so that one call is one attempt. */
const oneAttempt = { retry: { ...SETTINGS.retry, maxAttempts: 1 } };

/** How calls differ: a quick one, and one whose answer comes in pieces and costs money. */
const QUICK = { limit: 'whole', costly: false } as const;
const PICTURE = { limit: 'silence', costly: true } as const;

function makeCall(call: Partial<Call> = {}): Call {
  return {
    endpoint: 'openai/model',
    ...QUICK,
    signal: new AbortController().signal,
    deadlineAt: null,
    ...call,
  };
}

/** An attempt that ends only when its signal aborts, like a provider that never answers. */
function hang({ signal }: Pick<Attempt, 'signal'>): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}

/** Lets promises settle, and cockatiel's own wait of zero milliseconds pass. */
const settle = () => vi.advanceTimersByTimeAsync(1);

async function failing(times: number, run: ReturnType<typeof makePolicies>['run'], error = broken) {
  for (let call = 0; call < times; call += 1) {
    await expect(run(makeCall(), () => Promise.reject(error()))).rejects.toThrow();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('retry', () => {
  test('waits longer before each attempt, and gives back the first value', async () => {
    const { run, events } = makePolicies();
    const answers = [broken(), broken(), 'picture'];
    const startedAt: number[] = [];
    const begun = Date.now();
    const result = run(makeCall(), async () => {
      startedAt.push(Date.now() - begun);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    });

    await vi.runAllTimersAsync();
    await expect(result).resolves.toBe('picture');
    const [first = 0, second = 0, third = 0] = startedAt;
    expect(first).toBe(0);
    expect(second - first).toBeGreaterThanOrEqual(500);
    expect(second - first).toBeLessThanOrEqual(1001);
    expect(third - second).toBeGreaterThanOrEqual(1000);
    expect(third - second).toBeLessThanOrEqual(2001);
    expect(events.map(({ kind }) => kind)).toEqual(['retry', 'retry']);
  });

  test('stops after the allowed attempts and throws what the last one threw', async () => {
    const { run } = makePolicies();
    const attempt = vi.fn(() => Promise.reject(new Fault('no', { retry: true })));
    const outcome = watch(run(makeCall(), attempt));

    await vi.runAllTimersAsync();
    expect(attempt).toHaveBeenCalledTimes(3);
    expect(outcome.error).toBeInstanceOf(Fault);
  });

  test('does not repeat what cannot get better', async () => {
    const { run } = makePolicies();
    const attempt = vi.fn(() => Promise.reject(refused()));

    await expect(run(makeCall(), attempt)).rejects.toThrow('refused');
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  test('waits as long as the provider asks, not less', async () => {
    const { run } = makePolicies();
    const attempt = vi.fn().mockRejectedValueOnce(limited(7000)).mockResolvedValueOnce('picture');
    const outcome = watch(run(makeCall(), attempt));

    await vi.advanceTimersByTimeAsync(6999);
    expect(attempt).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(outcome.state).toBe('done');
  });

  test.each([
    ['longer than any wait of ours', null, 3_600_000],
    ['longer than what is left to the deadline', 5000, 6000],
  ])('gives up at once when the wait is %s, and passes it on', async (_, leftMs, retryAfterMs) => {
    const { run } = makePolicies();
    const attempt = vi.fn(() => Promise.reject(limited(retryAfterMs)));
    const deadlineAt = leftMs === null ? null : performance.now() + leftMs;

    await expect(run(makeCall({ deadlineAt }), attempt)).rejects.toMatchObject({
      name: 'CallUnavailable',
      reason: 'retry-later',
      retryAfterMs,
    });
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  test('does not begin a wait of its own that the deadline would cut', async () => {
    const { run } = makePolicies();
    const attempt = vi.fn(() => Promise.reject(broken()));

    await expect(run(makeCall({ deadlineAt: performance.now() + 400 }), attempt)).rejects.toThrow('broken');
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

describe('abort', () => {
  test('cuts a back-off short, and the call is not made once more', async () => {
    const { run } = makePolicies();
    const controller = new AbortController();
    const attempt = vi.fn(() => Promise.reject(limited(20_000)));
    const outcome = watch(run(makeCall({ signal: controller.signal }), attempt));
    await settle();

    controller.abort();
    await settle();
    expect(outcome).toMatchObject({ state: 'failed', error: { name: 'AbortError' } });
    expect(vi.getTimerCount()).toBe(0);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  test.each(['whole', 'silence'] as const)(
    'ends a running attempt limited as %s through its signal',
    async (limit) => {
      const { run } = makePolicies();
      const controller = new AbortController();
      const outcome = watch(run(makeCall({ limit, signal: controller.signal }), hang));

      controller.abort();
      await settle();
      expect(outcome).toMatchObject({ state: 'failed', error: { name: 'AbortError' } });
    },
  );

  test('throws the reason that the caller gave, as it is', async () => {
    const { run } = makePolicies();
    const reason = new Error('the deadline has passed');
    const controller = new AbortController();
    const outcome = watch(run(makeCall({ signal: controller.signal }), hang));

    controller.abort(reason);
    await settle();
    expect(outcome.error).toBe(reason);
  });

  test('before the call means that no attempt is made', async () => {
    const { run } = makePolicies();
    const attempt = vi.fn();

    await expect(run(makeCall({ signal: AbortSignal.abort() }), attempt)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(attempt).not.toHaveBeenCalled();
  });
});

describe('time limits', () => {
  test('a text attempt has its limit, and as many attempts as any call', async () => {
    const { run } = makePolicies();
    const attempt = vi.fn(hang);
    const outcome = watch(run(makeCall(), attempt));

    await vi.advanceTimersByTimeAsync(14_999);
    expect(outcome.state).toBe('pending');
    await vi.runAllTimersAsync();
    expect(attempt).toHaveBeenCalledTimes(3);
    expect(outcome.error).toMatchObject({ name: 'CallUnavailable', reason: 'timeout', retryAfterMs: null });
  });

  test('a picture may take long as long as it is not silent', async () => {
    const { run } = makePolicies();
    const end = Promise.withResolvers<string>();
    let beat = () => {};
    const outcome = watch(
      run(makeCall(PICTURE), ({ heartbeat }) => {
        beat = heartbeat;
        return end.promise;
      }),
    );

    for (let second = 0; second < 60; second += 15) {
      await vi.advanceTimersByTimeAsync(15_000);
      beat();
    }
    expect(outcome.state).toBe('pending');
    end.resolve('picture');
    await settle();
    expect(outcome.state).toBe('done');
    beat();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a silent picture is asked for once more only: it may have been billed', async () => {
    const { run, events } = makePolicies({ retry: { ...SETTINGS.retry, maxAttempts: 10 } });
    const attempt = vi.fn(hang);
    const outcome = watch(run(makeCall(PICTURE), attempt));

    await vi.advanceTimersByTimeAsync(20_000);
    expect(attempt).toHaveBeenCalledTimes(1);
    await vi.runAllTimersAsync();
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(outcome.error).toMatchObject({ name: 'CallUnavailable', reason: 'timeout', retryAfterMs: null });
    expect(events.filter(({ kind }) => kind === 'retry')).toHaveLength(1);
  });

  test.each([
    ['a costly', true, 2],
    ['any other', false, 4],
  ] as const)(
    '%s answer that was cut on its way is asked for so often: %s, %i times',
    async (_, costly, times) => {
      const { run } = makePolicies({ retry: { ...SETTINGS.retry, maxAttempts: 4 } });
      const attempt = vi.fn(() =>
        Promise.reject(new Fault('cut', { retry: true, health: 'broken', maybePaid: true })),
      );
      const outcome = watch(run(makeCall({ costly }), attempt));

      await vi.runAllTimersAsync();
      expect(attempt).toHaveBeenCalledTimes(times);
      expect(outcome.state).toBe('failed');
    },
  );
});

describe('circuit breaker', () => {
  test('opens after five failures in a row and then refuses without calling', async () => {
    const { run, policies, events } = makePolicies(oneAttempt);
    await failing(4, run);
    expect(policies.state('openai/model').circuit).toBe('closed');
    await failing(1, run);
    const attempt = vi.fn();

    await vi.advanceTimersByTimeAsync(10_000);
    await expect(run(makeCall(), attempt)).rejects.toMatchObject({
      name: 'CallUnavailable',
      reason: 'circuit-open',
      retryAfterMs: 50_000,
    });
    expect(attempt).not.toHaveBeenCalled();
    expect(policies.state('openai/model')).toMatchObject({ circuit: 'open', probeInMs: 50_000 });
    expect(events).toEqual([{ kind: 'open', endpoint: 'openai/model', probeInMs: 60_000 }]);
  });

  test('opening ends the retries of the call that opened it', async () => {
    const { run, events } = makePolicies({ circuit: { failureThreshold: 2, resetTimeoutMs: 60_000 } });
    const attempt = vi.fn(() => Promise.reject(broken()));
    const outcome = watch(run(makeCall(), attempt));

    await vi.advanceTimersByTimeAsync(2000);
    expect(outcome).toMatchObject({ state: 'failed', error: { message: 'broken' } });
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(events.map(({ kind }) => kind)).toEqual(['retry', 'open']);
  });

  test('a success in between starts the count anew', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(4, run);
    await run(makeCall(), async () => 'well');
    await failing(4, run);
    expect(policies.state('openai/model').circuit).toBe('closed');
  });

  test('timeouts count', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    for (let call = 0; call < 5; call += 1) {
      const outcome = watch(run(makeCall(), hang));
      await vi.advanceTimersByTimeAsync(15_000);
      expect(outcome.state).toBe('failed');
    }
    expect(policies.state('openai/model').circuit).toBe('open');
  });

  test('refusals, rate limits and cancelled calls do not count', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(10, run, refused);
    await failing(10, run, () => limited(null));
    for (let call = 0; call < 10; call += 1) {
      const controller = new AbortController();
      const outcome = watch(run(makeCall({ signal: controller.signal }), hang));
      controller.abort();
      await settle();
      expect(outcome.error).toMatchObject({ name: 'AbortError' });
    }
    expect(policies.state('openai/model').circuit).toBe('closed');
  });

  test('lets exactly one of fifty callers probe after its time', async () => {
    const { run, policies, events } = makePolicies(oneAttempt);
    await failing(5, run);
    await vi.advanceTimersByTimeAsync(60_000);

    const answer = Promise.withResolvers<string>();
    const attempt = vi.fn(() => answer.promise);
    const calls = Array.from({ length: 50 }, () => watch(run(makeCall(), attempt)));
    await settle();
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(policies.state('openai/model').circuit).toBe('half-open');
    expect(calls.filter(({ state }) => state === 'failed')).toHaveLength(49);

    answer.resolve('well');
    await settle();
    expect(calls.filter(({ state }) => state === 'done')).toHaveLength(1);
    expect(policies.state('openai/model').circuit).toBe('closed');
    expect(events.map(({ kind }) => kind)).toEqual(['open', 'half-open', 'closed']);
    await failing(4, run);
    expect(policies.state('openai/model').circuit).toBe('closed');
  });

  test('a failed probe opens it for longer each time, up to five times the first wait', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run);
    const waits: (number | null)[] = [];
    for (let probe = 0; probe < 5; probe += 1) {
      const { probeInMs } = policies.state('openai/model');
      waits.push(probeInMs);
      await vi.advanceTimersByTimeAsync(probeInMs ?? 0);
      await failing(1, run);
    }
    expect(waits).toEqual([60_000, 120_000, 240_000, 300_000, 300_000]);
  });

  test('probes at once where a free call was answered and the failure had cost nothing', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run);
    policies.letProbe('openai/model', 'there');
    expect(policies.state('openai/model')).toMatchObject({ circuit: 'open', probeInMs: 0 });
    await expect(run(makeCall(), async () => 'well')).resolves.toBe('well');
    expect(policies.state('openai/model').circuit).toBe('closed');
  });

  test('buys no further probe of an answer that was lost until free calls have failed and are back', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run, () => new Fault('lost', { health: 'broken', maybePaid: true }));
    policies.letProbe('openai/model', 'there');
    expect(policies.state('openai/model').probeInMs).toBe(60_000);
    policies.letProbe('openai/model', 'back');
    expect(policies.state('openai/model').probeInMs).toBe(0);
  });

  test('goes by the monotonic clock: a wall clock that is set back keeps nobody waiting', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    await expect(run(makeCall(), async () => 'well')).resolves.toBe('well');
    expect(policies.state('openai/model').circuit).toBe('closed');
  });

  test('a probe that was cancelled proves nothing and leaves it open', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run);
    await vi.advanceTimersByTimeAsync(60_000);
    const controller = new AbortController();
    const outcome = watch(run(makeCall({ signal: controller.signal }), hang));

    controller.abort();
    await settle();
    expect(outcome.error).toMatchObject({ name: 'AbortError' });
    expect(policies.state('openai/model').circuit).toBe('open');
  });

  test('a probe that was answered with a refusal closes it', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run);
    await vi.advanceTimersByTimeAsync(60_000);
    await failing(1, run, refused);
    expect(policies.state('openai/model').circuit).toBe('closed');
  });

  test('every endpoint has its own', async () => {
    const { run, policies } = makePolicies(oneAttempt);
    await failing(5, run);
    await expect(run(makeCall({ endpoint: 'other/model' }), async () => 'well')).resolves.toBe('well');
    expect(policies.states()).toEqual([
      { endpoint: 'openai/model', circuit: 'open', probeInMs: 60_000 },
      { endpoint: 'other/model', circuit: 'closed', probeInMs: null },
    ]);
  });
});

describe('bulkhead', () => {
  test('refuses what is over the limit with a short hint, on no endpoint’s account', async () => {
    const { run, policies } = makePolicies({ maxConcurrentRequests: 2 });
    const gate = Promise.withResolvers<string>();
    const running = ['a', 'b'].map((endpoint) => run(makeCall({ endpoint }), () => gate.promise));

    for (let call = 0; call < 10; call += 1) {
      await expect(run(makeCall({ endpoint: 'a' }), async () => 'never')).rejects.toMatchObject({
        name: 'CallUnavailable',
        reason: 'busy',
        retryAfterMs: 1000,
      });
    }
    expect(policies.state('a').circuit).toBe('closed');
    gate.resolve('picture');
    await expect(Promise.all(running)).resolves.toEqual(['picture', 'picture']);
    await expect(run(makeCall({ endpoint: 'a' }), async () => 'next')).resolves.toBe('next');
  });
});

test('ten thousand calls leave neither listener nor timer', async () => {
  const { run } = makePolicies({ maxConcurrentRequests: 1000 });
  const { signal } = new AbortController();
  const kinds = [QUICK, PICTURE] as const;
  const makeOne = (index: number) => {
    const call = makeCall({ ...kinds[index % 2], endpoint: `model-${index % 40}`, signal });
    if (index % 5 > 0) return run(call, async ({ heartbeat }) => heartbeat());
    return run(call, () => Promise.reject(refused()));
  };

  let fulfilled = 0;
  // Not all at once: a signal looks through all its listeners for each that is added.
  for (let round = 0; round < 10; round += 1) {
    const outcomes = await Promise.allSettled(Array.from({ length: 1000 }, (_, index) => makeOne(index)));
    fulfilled += outcomes.filter(({ status }) => status === 'fulfilled').length;
  }
  expect(fulfilled).toBe(8000);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});
