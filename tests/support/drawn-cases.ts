/** Before each test file: the cases that fast-check draws are the same in every run, so that none fails by chance. */
import fc from 'fast-check';

/** Any number; another one looks at other cases: `CASES_SEED=7 npx vitest run …`. */
const SEED = 20_240_229;

fc.configureGlobal({ seed: Number(process.env.CASES_SEED ?? SEED) });
