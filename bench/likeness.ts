/**
 * How well a picture is held against its photo: drawn pictures of the sandbox's products in many scenes, the same
 * product and changed ones. Hits, false alarms and milliseconds. A model that redraws a product does worse than these.
 */

import { SAMPLE_PRODUCTS } from '../sandbox/sample-product.ts';
import { createComparison } from '../src/imaging/comparison.ts';
import type { Likeness } from '../src/imaging/likeness.ts';
import { createImagePool } from '../src/imaging/pool.ts';
import { createLog } from '../src/log.ts';
import { CHANGES, type Change, studio } from '../tests/support/likeness-pairs.ts';
import { type BenchRow, describe, isQuick, median, printRows } from './row.ts';

const SCENES = [
  'pure white catalogue',
  'marble bathroom',
  'dark moody studio',
  'linen cloth',
  'neon lights',
  'terracotta at sunset',
  'blossom',
  'christmas',
  'winter snow',
  'garden moss',
];
/** Of changed products every third scene: the false alarms are what matters most. */
const EVERY = 3;
const MEMORY = 1024 ** 3;

export async function run(): Promise<BenchRow[]> {
  const log = createLog({ level: 'warn', pretty: false });
  const images = createImagePool({ threads: 1, memoryBytes: MEMORY, log });
  const comparison = createComparison({ images, log });
  try {
    const seen = new Map<Change, Likeness[]>();
    const times: number[] = [];
    for (const product of isQuick() ? SAMPLE_PRODUCTS.slice(0, 1) : SAMPLE_PRODUCTS) {
      const { photo, picture } = await studio(product);
      for (const change of Object.keys(CHANGES) as Change[]) {
        const scenes = SCENES.filter((_, index) => index % EVERY === 0 || (change === 'same' && !isQuick()));
        for (const scene of scenes) {
          const shown = await picture(scene, change, 2);
          const begun = performance.now();
          const likeness = await comparison.compare([photo], shown, new AbortController().signal);
          times.push(performance.now() - begun);
          seen.set(change, [...(seen.get(change) ?? []), likeness]);
        }
      }
    }
    const rows = [...seen].map(([change, verdicts]) => rowOf(change, verdicts));
    // The first one reads the package.
    const warm = times.slice(1);
    const speed: BenchRow = {
      what: 'One picture against one photo',
      measured: `${describe(warm, 0)} ms`,
      against: `${times[0]?.toFixed(0)} ms for the first one`,
      ratio: median(warm),
      limit: '≤ 20 s',
      ok: median(warm) <= 20_000,
    };
    return [...rows, speed];
  } finally {
    await comparison.close();
    await images.close();
  }
}

function rowOf(change: Change, verdicts: readonly Likeness[]): BenchRow {
  const drift = CHANGES[change];
  const unmeasured = verdicts.filter(({ kind }) => kind === 'not-measured').length;
  const hits = verdicts.filter((one) =>
    drift === null ? one.kind === 'drifted' : one.kind === 'drifted' && one.drifts.includes(drift),
  ).length;
  const measured = Math.max(1, verdicts.length - unmeasured);
  const share = hits / measured;
  return {
    what: drift === null ? 'Same product, called another' : `Product ${change}, called so`,
    measured: `${hits} of ${measured}`,
    against: `${unmeasured} of ${verdicts.length} not measured`,
    ratio: share,
    limit: drift === null ? 'none' : '≥ 80 %',
    ok: drift === null ? hits === 0 : share >= 0.8,
  };
}

if (import.meta.main) printRows(await run());
