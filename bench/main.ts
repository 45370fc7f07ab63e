/**
 * `npm run bench`: every benchmark, one after the other, each in a process of its own. Prints the tables,
 * writes them into docs/benchmarks.md, and ends with 1 when a limit was missed or a benchmark failed.
 * `npm run bench -- updates` runs one; with BENCH_QUICK=1 each runs one round, and nothing is written; nor is it on a
 * machine that is busy with other things.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand, UsageError } from '../src/command-line.ts';
import { type BenchRow, isQuick, printRows } from './row.ts';
import { describeMachine } from './support/machine.ts';
import { writeResults } from './support/write-results.ts';

const BENCHES = [
  'order',
  'convert',
  'policy',
  'caches',
  'updates',
  'queue',
  'sellers',
  'rush',
  'crowd',
  'memory',
  'start',
  'figures',
  'likeness',
  'thumbnails',
  'reads',
] as const;
type Bench = (typeof BENCHES)[number];
/** The load average of a minute, above which figures are others' as much as ours. */
const QUIET_LOAD = 1;
/** Of the processors' time. The load average still counts the benchmark before, a minute after its end. */
const QUIET_SHARE = 0.1;
const LONGEST_WAIT_MS = 600_000;
const LOOK_EVERY_MS = 10_000;
/**
 * Whatever takes so long hangs: each takes about five minutes at most on a quiet machine, and an hour the figures of
 * five million pictures, most of it the writing of them.
 */
const HANGS_AFTER_MS = process.env.BENCH_FIGURES_LARGE === '1' ? 7_200_000 : 1_200_000;
const PAGE = join(import.meta.dirname, '../docs/benchmarks.md');

const command = {
  usage: 'npm run bench -- [benchmark …]',
  about: `Runs every benchmark, or those that are named: ${BENCHES.join(', ')}. Prints the tables and writes them
into docs/benchmarks.md. Each waits up to ten minutes for a machine that is quiet, and is marked as noisy and not written
down where it does not come. How far each has come is told on standard error. With BENCH_QUICK=1 each runs one round at once, and nothing is written.
Ends with 1 when a limit was missed or a benchmark failed.`,
  operands: BENCHES.length,
};

await runCommand(command, async (names) => {
  const benches = chosen(names);
  let missed = false;
  let isNoisy = !(await untilQuiet(async () => loadOfAMinute() <= QUIET_LOAD));
  const machine = describeMachine();
  for (const [index, name] of benches.entries()) {
    if (index > 0) isNoisy = !(await untilQuiet(async () => (await busyShare()) <= QUIET_SHARE));
    console.log(`\n${name} · ${machine}${isNoisy ? ' · noisy: not written down' : ''}`);
    const rows = await runInChild(name);
    printRows(rows);
    missed ||= rows.some((row) => !row.ok);
    if (!isQuick() && !isNoisy && rows.length > 0) writeResults(PAGE, { name, machine, rows });
  }
  return missed ? 1 : 0;
});

/** Waits for a machine that has nothing else to do, up to ten minutes. @returns false where it has not become quiet */
async function untilQuiet(isQuiet: () => Promise<boolean>): Promise<boolean> {
  if (isQuick()) return true;
  for (let waitedMs = 0; !(await isQuiet()); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs === 0) console.error('waiting for a quiet machine …');
    if (waitedMs >= LONGEST_WAIT_MS) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}

function loadOfAMinute(): number {
  const [load = 0] = loadavg();
  return load;
}

/** How much of the processors' time everybody takes, over three seconds, 0 to 1. */
async function busyShare(): Promise<number> {
  const read = () => {
    const times = cpus().map(({ times }) => times);
    const all = times.flatMap((one) => Object.values(one)).reduce((sum, ms) => sum + ms, 0);
    const idle = times.reduce((sum, one) => sum + one.idle, 0);
    return { all, idle };
  };
  const before = read();
  await delay(3000);
  const after = read();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function chosen(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench === name));
  if (unknown.length > 0)
    throw new UsageError(`There is no benchmark ${unknown.join(', ')}; there are ${BENCHES.join(', ')}.`);
  return names.length === 0 ? BENCHES : BENCHES.filter((bench) => names.includes(bench));
}

/** @throws Error when the benchmark fails, or hangs */
async function runInChild(name: Bench): Promise<BenchRow[]> {
  const child = fork(join(import.meta.dirname, 'support/in-child.ts'), [name]);
  const exited = once(child, 'exit');
  let rows: BenchRow[] | undefined;
  child.on('message', (message: BenchRow[]) => {
    rows = message;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER_MS);
  const [code] = await exited;
  clearTimeout(timer);
  if (code !== 0 || rows === undefined) throw new Error(`the benchmark ${name} failed (${code})`);
  return rows;
}
