/** Before each test file: the cases that fast-check draws are the same in every run, so that none fails by chance. */
import fc from 'fast-check';

/** Any number; another one looks at other cases: `CASES_SEED=7 npx vitest run …`. */
const SEED = 20_240_229;

fc.configureGlobal({ seed: Number(process.env.CASES_SEED ?? SEED) });

/**
 * How many cases a test of a database draws, for fast-check: few enough for every change. Any number of times as many
 * are looked at, when there is time, by `CASES_TIMES=10 npx vitest run …`.
 */
export const drawn = (cases: number) => ({ numRuns: cases * Number(process.env.CASES_TIMES ?? 1) });
