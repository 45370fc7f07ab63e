/**
 * `npm run chaos`: sellers order, pay, cancel and block for ten minutes (`CHAOS_MINUTES`) while everything around
 * Vitrine breaks, one thing after the other, drawn by a seed (`CHAOS_SEED`). In the end all that was ordered has an
 * end that its seller knows, and the books are right.
 */
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFailed, test, vi } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { checkLedger } from '../../src/billing/checks/check-ledger.ts';
import { payments } from '../../src/database/schema/index.ts';
import { expectInvariants, withDatabase } from '../support/invariants.ts';
import { seller } from '../support/seller.ts';
import { keepEvidence } from '../support/vitrine-process.ts';
import { actAsSeller, type Counts, type Deed, placeOrder, waitForEnd } from './sellers.ts';
import { openStage } from './stage.ts';
import { TROUBLE_NAMES, TROUBLES, type TroubleName } from './troubles.ts';

const MINUTES = Number(process.env.CHAOS_MINUTES ?? 10);
const SEED = Number(process.env.CHAOS_SEED ?? 20_261_126);
const SELLERS = 6;
/** What a picture may cost in paid calls before the owners are asked (`pipeline/make-pictures.ts`), and once more. */
const MOST_CALLS = 9;

/** Every trouble once, in some order; then all of them again. */
const round = fc.tuple(
  fc.shuffledSubarray([...TROUBLE_NAMES], { minLength: TROUBLE_NAMES.length }),
  // Freezes on both sides of the 10 s after which a process counts as dead; the short form has time for the one side.
  fc.infiniteStream(fc.integer({ min: 500, max: MINUTES < 2 ? 3_000 : 14_000 })),
);
const REST_MS = 1_500;
const deed = fc.oneof<[fc.WeightedArbitrary<Deed>, ...fc.WeightedArbitrary<Deed>[]]>(
  { weight: 6, arbitrary: fc.constant('order') },
  { weight: 2, arbitrary: fc.constant('buy') },
  { weight: 1, arbitrary: fc.constant('cancel') },
  { weight: 1, arbitrary: fc.constant('block') },
);

test(`nothing is lost, and the books are right, after ${MINUTES} minutes of chaos`, async () => {
  const stage = await openStage();
  onTestFailed(({ task }) => keepEvidence(task.name, stage.all));
  try {
    const counts: Counts = { order: 0, cancel: 0, block: 0, buy: 0, impatient: 0 };
    const photo = await sampleProductPhoto();
    const people = Array.from({ length: SELLERS }, () => seller(stage, 'en'));
    // It breaks over orders that are under way: nothing promises that a new one is taken while everything rages.
    const placed = await Promise.all(people.map((person) => placeOrder(person, photo, 2)));
    const until = performance.now() + MINUTES * 60_000;
    const msLeft = () => until - performance.now();
    const sellers = people.map((person, index) =>
      actAsSeller(person, photo, drawn(deed, SEED + index), { msLeft, placed, counts }),
    );
    const happened = await rage(stage, () => msLeft() <= 0);
    await Promise.all(sellers);

    // Calm: what was begun comes to its end.
    for (const one of placed) await waitForEnd(one);
    await vi.waitFor(() => expectInvariants(stage.home, MOST_CALLS), { timeout: 120_000, interval: 1_000 });
    for (const vitrine of stage.living) expect(await vitrine.stop()).toEqual({ code: 0, signal: null });
    const spending = await expectInvariants(stage.home, MOST_CALLS);
    const [differences, paid] = await withDatabase(stage.home, async (db) => [
      await checkLedger(db),
      await db.$count(payments),
    ]);
    expect(differences).toEqual([]);
    report({ ...counts, placed: placed.length, pictures: spending.length, paid }, happened);
    expect(placed.length).toBeGreaterThan(MINUTES);
  } finally {
    await stage.close();
  }
});

/** One trouble after the other. @returns how often each came */
async function rage(
  stage: Parameters<(typeof TROUBLES)[TroubleName]>[0],
  isOver: () => boolean,
): Promise<Map<TroubleName, number>> {
  const happened = new Map<TroubleName, number>();
  for (const [names, durations] of drawn(round, SEED)) {
    for (const name of names) {
      if (isOver()) return happened;
      await TROUBLES[name](stage, durations.next().value ?? 0);
      happened.set(name, (happened.get(name) ?? 0) + 1);
      await delay(REST_MS);
    }
  }
  return happened;
}

/** Without an end, and the same for the same seed. */
function* drawn<T>(arbitrary: fc.Arbitrary<T>, seed: number): Generator<T, never> {
  for (let batch = 0; ; batch++) yield* fc.sample(arbitrary, { seed: seed + batch * 1_000, numRuns: 10 });
}

function report(counts: Record<string, number>, happened: ReadonlyMap<string, number>): void {
  const rows = [...Object.entries(counts), ...[...happened].sort(([a], [b]) => a.localeCompare(b))];
  process.stdout.write(
    `${rows.map(([what, count]) => `${String(count).padStart(5)}  ${what}`).join('\n')}\n`,
  );
}
