/**
 * The cache in memory: what a question and an answer that is put in cost, how much of a day's questions it answers
 * when they are drawn as people draw them (few photos often, many once), and that a thousand equal questions at the
 * same moment make one computation. Limits are the documents' (S2-13, S3-46, S3-48, S3-51, S0-04).
 */
import { createCache } from '../src/cache/cache.ts';
import { type BenchRow, isQuick, printRows, quantile } from './row.ts';

const OPERATIONS = isQuick() ? 5_000 : 200_000;
const ENTRIES = 1_000;
/** Questions of a day, of which so many are the first of their kind. */
const QUESTIONS = 10_000;
const REPEAT_SHARE = 0.85;
const POINTS = 0.02;

const GET_P99_MS = 1;
const SET_P99_MS = 2;
const GETS_A_SECOND = 50_000;

export async function run(): Promise<BenchRow[]> {
  return [...(await times()), await replay(), await stampede()];
}

function openCache(max: number) {
  const settings = { name: 'bench', ttlMs: 3_600_000, staleMs: 0, max, computeLimitMs: 60_000 };
  return createCache<{ name: string; styles: readonly string[] }>(settings, { shared: null });
}

const recognised = (key: string) => ({ name: key, styles: ['kitchen', 'garden', 'studio', 'winter'] });

async function times(): Promise<BenchRow[]> {
  const cache = openCache(ENTRIES);
  const sets = await timed(async (index) => cache.put(`k${index % ENTRIES}`, [], recognised('mug')));
  const startedAt = performance.now();
  const gets = await timed(async (index) => {
    await cache.get(`k${index % ENTRIES}`, [], async () => {
      throw new Error('it is in the cache');
    });
  });
  const rate = OPERATIONS / ((performance.now() - startedAt) / 1000);
  return [
    atMost('get of what is there, p99', gets, GET_P99_MS),
    atMost('put, p99', sets, SET_P99_MS),
    {
      what: 'gets one after the other',
      measured: `${Math.round(rate).toLocaleString('en')}/s`,
      against: '–',
      ratio: rate,
      limit: `≥ ${GETS_A_SECOND.toLocaleString('en')}/s`,
      ok: rate >= GETS_A_SECOND,
    },
  ];
}

/** Milliseconds of each of many operations. */
async function timed(operation: (index: number) => Promise<unknown>): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let index = 0; index < OPERATIONS; index++) {
    const startedAt = performance.now();
    await operation(index);
    milliseconds.push(performance.now() - startedAt);
  }
  return milliseconds;
}

function atMost(what: string, milliseconds: readonly number[], limitMs: number): BenchRow {
  const p99 = quantile(milliseconds, 0.99);
  return {
    what,
    measured: `${p99.toFixed(4)} ms`,
    against: `p50 ${quantile(milliseconds, 0.5).toFixed(4)} ms`,
    ratio: p99,
    limit: `≤ ${limitMs} ms`,
    ok: p99 <= limitMs,
  };
}

/** Photos by Zipf's law: the first is asked for twice as often as the second; every one at least once. */
async function replay(): Promise<BenchRow> {
  const photos = Math.round(QUESTIONS * (1 - REPEAT_SHARE));
  const weights = Array.from({ length: photos }, (_, index) => 1 / (index + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const repeats = Array.from({ length: QUESTIONS - photos }, () => draw(weights, Math.random() * total));
  const asked = shuffled([...weights.keys(), ...repeats]);
  // Room for all of them: what is thrown out is the statistics' to tell, not the theory's.
  const cache = openCache(photos);
  for (const photo of asked) await cache.get(`p${photo}`, [], async () => recognised('mug'));
  const { hitRate } = cache.statistics();
  const rate = hitRate ?? 0;
  return {
    what: `hit rate of ${QUESTIONS.toLocaleString('en')} photos, of which ${photos.toLocaleString('en')} are different`,
    measured: `${(rate * 100).toFixed(1)} %`,
    against: `${REPEAT_SHARE * 100} % in theory`,
    ratio: rate,
    limit: `± ${POINTS * 100} points`,
    ok: Math.abs(rate - REPEAT_SHARE) <= POINTS,
  };
}

function draw(weights: readonly number[], point: number): number {
  let left = point;
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left <= 0;
  });
  // A sum of fractions may end a little short of its total.
  return index < 0 ? weights.length - 1 : index;
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

async function stampede(): Promise<BenchRow> {
  const cache = openCache(ENTRIES);
  const release = Promise.withResolvers<void>();
  let computations = 0;
  const asked = Array.from({ length: 1_000 }, () =>
    cache.get('one', [], async () => {
      computations += 1;
      await release.promise;
      return recognised('mug');
    }),
  );
  release.resolve();
  await Promise.all(asked);
  return {
    what: 'computations for a thousand equal questions at the same moment',
    measured: String(computations),
    against: '–',
    ratio: computations,
    limit: '1',
    ok: computations === 1,
  };
}

if (import.meta.main) printRows(await run());
