/**
 * What the image pool gives: pictures a second against sharp on the main thread and Pillow in four threads,
 * and what the rest of the process notices of it. `node bench/convert.ts` prints the table. The rates need a quiet
 * machine: where others compete for the cores, sharp's four libuv threads get twice the share of our two, and
 * only the row of processor time tells the truth.
 */
import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { createImagePool, type ImagePool } from '../src/imaging/pool.ts';
import { createLog } from '../src/log.ts';
import { photographic } from '../tests/unit/imaging/pictures.ts';
import { type BenchRow, describe, median, medianRatio, printRows, quantile, rounds } from './row.ts';

/** Pictures under conversion at a time, as when two sellers wait for four each. */
const IN_FLIGHT = 8;
const ROUNDS = rounds(9);
/** Conversions of one round: long enough (half a second and more) to even out the other work of the machine. */
const PICTURES = 24;
const PILLOW_PICTURES = 4;
const SIDE = 1024;
/** More than all of them take. */
const IMAGE_MEMORY = 1024 ** 3;
/** fs and DNS calls of one round; the 99th percentile leaves out the four worst. */
const LOOKUPS = 400;

export async function run(): Promise<BenchRow[]> {
  const log = createLog({ level: 'warn', pretty: false });
  const pool = createImagePool({ threads: availableParallelism(), memoryBytes: IMAGE_MEMORY, log });
  try {
    const picture = await sharp(await photographic(SIDE, SIDE))
      .webp({ quality: 90 })
      .toBuffer();
    return [
      ...(await throughput(pool, picture)),
      await processorTime(pool, picture),
      await fileSize(pool, picture),
      ...(await latencies(pool, picture)),
    ];
  } finally {
    await pool.close();
  }
}

/** Runs a job `total` times, so many at once; resolves to jobs a second. */
async function perSecond(total: number, atOnce: number, job: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let begun = 0;
  const lane = async () => {
    while (begun < total) {
      begun += 1;
      await job();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return (total * 1000) / (performance.now() - start);
}

async function throughput(pool: ImagePool, picture: Buffer): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'));
  try {
    const file = join(folder, 'picture.webp');
    await writeFile(file, picture);
    const python = await findPillow();
    const [ours = [], sharpRates = [], pillowRates] = await interleaved([
      () => perSecond(PICTURES, IN_FLIGHT, () => pool.original(picture)),
      () => perSecond(PICTURES, IN_FLIGHT, () => sharp(picture).png().toBuffer()),
      ...(python === undefined ? [] : [() => pillowPerSecond(python, file)]),
    ]);
    return [
      throughputRow('sharp’s default on the main thread', ours, sharpRates, 1.5),
      pillowRates === undefined
        ? missingPillow(ours)
        : throughputRow('Pillow, level 6, four threads', ours, pillowRates, 5),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Takes the measurements in turns, so that a slow minute of the machine slows them all; the first turn warms
 * up. Resolves to each one's figures in the order of the turns.
 */
async function interleaved(measurements: (() => Promise<number>)[]): Promise<number[][]> {
  const results = measurements.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, measure] of measurements.entries()) {
      const result = await measure();
      if (round > 0) results[index]?.push(result);
    }
  }
  return results;
}

function throughputRow(peer: string, ours: number[], theirs: number[], atLeast: number): BenchRow {
  const ratio = medianRatio(ours, theirs);
  return {
    what: `WebP → PNG, ${SIDE}×${SIDE}, ${IN_FLIGHT} in flight`,
    measured: `${describe(ours)}/s`,
    against: `${describe(theirs)}/s, ${peer}`,
    ratio,
    limit: `≥ ${atLeast}×`,
    ok: ratio >= atLeast,
  };
}

function missingPillow(ours: number[]): BenchRow {
  return {
    what: `WebP → PNG, ${SIDE}×${SIDE}, ${IN_FLIGHT} in flight`,
    measured: `${describe(ours)}/s`,
    against: 'Pillow is not installed: not compared',
    ratio: 0,
    limit: '≥ 5×',
    ok: true,
  };
}

const execute = promisify(execFile);

/** A Python that has Pillow, or undefined. The one first on the path may be without. */
async function findPillow(): Promise<string | undefined> {
  for (const python of ['python3', '/usr/bin/python3']) {
    const found = await execute(python, ['-c', 'import PIL']).then(
      () => true,
      () => false,
    );
    if (found) return python;
  }
  return undefined;
}

/** How bots in Python do it: `save(format="PNG")` in a ThreadPoolExecutor(4). It times itself, without its start. */
const PILLOW_SCRIPT = `
import io, sys, time
from concurrent.futures import ThreadPoolExecutor
from PIL import Image
webp = open(sys.argv[1], "rb").read()
def convert(_):
    out = io.BytesIO()
    Image.open(io.BytesIO(webp)).save(out, format="PNG", compress_level=6)
convert(0)
count = int(sys.argv[2])
start = time.perf_counter()
with ThreadPoolExecutor(4) as threads:
    list(threads.map(convert, range(count)))
print(count / (time.perf_counter() - start))
`;

async function pillowPerSecond(python: string, file: string): Promise<number> {
  const { stdout } = await execute(python, ['-c', PILLOW_SCRIPT, file, String(PILLOW_PICTURES)]);
  return Number(stdout);
}

/** What a picture costs whoever else needs the processor: the figure that a busy machine does not blur. */
async function processorTime(pool: ImagePool, picture: Buffer): Promise<BenchRow> {
  const cost = async (convert: () => Promise<unknown>) => {
    const before = process.cpuUsage();
    await perSecond(PICTURES, 2, convert);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / PICTURES;
  };
  const [ours = [], theirs = []] = await interleaved([
    () => cost(() => pool.original(picture)),
    () => cost(() => sharp(picture).png().toBuffer()),
  ]);
  const ratio = medianRatio(theirs, ours);
  return {
    what: `WebP → PNG, ${SIDE}×${SIDE}, processor time`,
    measured: `${describe(ours)} ms`,
    against: `${describe(theirs)} ms, sharp’s default`,
    ratio,
    limit: '≥ 1.5×',
    ok: ratio >= 1.5,
  };
}

async function fileSize(pool: ImagePool, picture: Buffer): Promise<BenchRow> {
  const ours = (await pool.original(picture)).file.byteLength;
  const theirs = (await sharp(picture).png().toBuffer()).byteLength;
  return {
    what: `PNG of a photographic picture, ${SIDE}×${SIDE}`,
    measured: `${(ours / 1e6).toFixed(2)} MB`,
    against: `${(theirs / 1e6).toFixed(2)} MB, sharp’s default`,
    ratio: ours / theirs,
    limit: '≤ 1.3×',
    ok: ours / theirs <= 1.3,
  };
}

/** Milliseconds, each the 99th percentile of one round. */
type Delays = { stat: number; lookup: number; mainThread: number };

async function latencies(pool: ImagePool, picture: Buffer): Promise<BenchRow[]> {
  const idle: Delays[] = [];
  const busy: Delays[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    idle.push(await measureDelays());
    busy.push(await whileConverting(pool, picture, measureDelays));
  }
  const p99 = (rounds: Delays[], name: keyof Delays) => median(rounds.map((delays) => delays[name]));
  const beside = (what: string, name: 'stat' | 'lookup'): BenchRow => {
    const added = p99(busy, name) - p99(idle, name);
    return {
      what: `${what} p99 while ${IN_FLIGHT} conversions run`,
      measured: `${p99(busy, name).toFixed(2)} ms`,
      against: `${p99(idle, name).toFixed(2)} ms idle`,
      ratio: added,
      limit: '≤ idle + 10 ms',
      ok: added <= 10,
    };
  };
  const delay = p99(busy, 'mainThread');
  return [
    beside('fs.stat', 'stat'),
    beside('dns.lookup', 'lookup'),
    {
      what: `main-thread delay p99 while ${IN_FLIGHT} conversions run`,
      measured: `${delay.toFixed(2)} ms`,
      against: `${p99(idle, 'mainThread').toFixed(2)} ms idle`,
      ratio: delay,
      limit: '≤ 10 ms',
      ok: delay <= 10,
    },
  ];
}

/** Keeps the pool busy with IN_FLIGHT conversions for as long as the measuring takes. */
async function whileConverting(
  pool: ImagePool,
  picture: Buffer,
  measure: () => Promise<Delays>,
): Promise<Delays> {
  let measuring = true;
  const lanes = Array.from({ length: IN_FLIGHT }, async () => {
    while (measuring) {
      await pool.original(picture);
      await pool.thumbnail(picture, 'large'); // this one takes a thread of libuv's, which fs and DNS need
    }
  });
  try {
    return await measure();
  } finally {
    measuring = false;
    await Promise.all(lanes);
  }
}

async function measureDelays(): Promise<Delays> {
  const RESOLUTION_MS = 1;
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const stats: number[] = [];
  const lookups: number[] = [];
  monitor.enable();
  for (let count = 0; count < LOOKUPS; count++) {
    stats.push(await milliseconds(() => stat('.')));
    lookups.push(await milliseconds(() => lookup('localhost')));
  }
  monitor.disable();
  return {
    stat: quantile(stats, 0.99),
    lookup: quantile(lookups, 0.99),
    // The monitor reports the time between its ticks, of which the resolution is no delay.
    mainThread: Math.max(0, monitor.percentile(99) / 1e6 - RESOLUTION_MS),
  };
}

async function milliseconds(job: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

if (import.meta.main) printRows(await run());
