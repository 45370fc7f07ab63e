import { verdictOf } from '../src/ai/classify-error.ts';
import type { Attempt } from '../src/resilience/call.ts';
import { createCallPolicies } from '../src/resilience/policy.ts';
import { type BenchRow, describe, median, printRows, rounds } from './row.ts';

const CALLS = 20_000;
const ROUNDS = rounds(9);
/** Microseconds a call over a bare one (performance.md §5). */
const LIMIT_US = 50;

/** What the policy costs where nothing goes wrong, against the same calls made bare in the same round. */
export async function run(): Promise<BenchRow[]> {
  const { run: runCall } = createCallPolicies(
    {
      attemptTimeoutMs: 15_000,
      silenceTimeoutMs: 20_000,
      longSilenceTimeoutMs: 60_000,
      retry: { maxAttempts: 3, baseDelayMs: 1000, maxDelayMs: 30_000 },
      circuit: { failureThreshold: 5, resetTimeoutMs: 60_000 },
      maxConcurrentRequests: 100,
    },
    { classify: verdictOf },
  );
  const { signal } = new AbortController();
  const bareAttempt: Attempt = { signal, heartbeat: () => {} };
  const work = async ({ heartbeat }: Attempt) => heartbeat();

  const rows: BenchRow[] = [];
  for (const [kind, limit] of [
    ['text', 'whole'],
    ['picture', 'silence'],
  ] as const) {
    const call = { endpoint: `bench/${kind}`, limit, costly: kind === 'picture', signal, deadlineAt: null };
    const bare: number[] = [];
    const policed: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await microsecondsACall(() => work(bareAttempt)));
      policed.push(await microsecondsACall(() => runCall(call, work)));
    }
    const [bareUs, policedUs] = [median(bare), median(policed)];
    rows.push({
      what: `policy around a ${kind} call, happy path`,
      measured: `${describe(policed)} µs`,
      against: `${describe(bare, 2)} µs bare`,
      ratio: policedUs - bareUs,
      limit: `≤ bare + ${LIMIT_US} µs`,
      ok: policedUs - bareUs <= LIMIT_US,
    });
  }
  return rows;
}

async function microsecondsACall(call: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let made = 0; made < CALLS; made += 1) await call();
  return ((performance.now() - startedAt) * 1000) / CALLS;
}

if (import.meta.main) printRows(await run());
