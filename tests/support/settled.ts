import { setTimeout as delay } from 'node:timers/promises';

export type Outcome = 'done' | 'never settled' | `failed: ${string}`;

/** Generous: reached only by what hangs. */
const LIMIT_MS = 90_000;

/** How a piece of work ended, by its error's code where it has one; never rejects, and does not wait for ever. */
export async function outcomeOf(work: PromiseLike<unknown>): Promise<Outcome> {
  const enough = new AbortController();
  const limit = delay(LIMIT_MS, 'never settled' as const, { signal: enough.signal });
  const outcome = Promise.resolve(work).then(
    (): Outcome => 'done',
    (error): Outcome => `failed: ${error.code ?? error.message}`,
  );
  const first = await Promise.race([outcome, limit]);
  enough.abort();
  return first;
}

/** How often each outcome came. */
export function countOutcomes(outcomes: readonly Outcome[]): Partial<Record<Outcome, number>> {
  return Object.fromEntries([...Map.groupBy(outcomes, (one) => one)].map(([one, all]) => [one, all.length]));
}
