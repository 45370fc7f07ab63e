/**
 * `npm run bench`: every benchmark, one after the other, each in a process of its own. Prints the tables,
 * writes them into docs/benchmarks.md, and ends with 1 when a limit was missed or a benchmark failed.
 * `npm run bench -- updates` runs one; with BENCH_QUICK=1 each runs one round, and nothing is written; nor is it on a
 * machine that is busy with other things.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
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
  'crowd',
  'start',
  'figures',
  'likeness',
  'thumbnails',
  'reads',
] as const;
type Bench = (typeof BENCHES)[number];
/** The load average of a minute, above which figures are others' as much as ours. */
const QUIET_LOAD = 1;
const LONGEST_WAIT_MS = 600_000;
const LOOK_EVERY_MS = 10_000;
const PAGE = join(import.meta.dirname, '../docs/benchmarks.md');

const command = {
  usage: 'npm run bench -- [benchmark …]',
  about: `Runs every benchmark, or those that are named: ${BENCHES.join(', ')}. Prints the tables and writes them
into docs/benchmarks.md. Each waits up to ten minutes for a load of at most 1, and is marked as noisy and not written
down where it does not come. With BENCH_QUICK=1 each runs one round at once, and nothing is written.
Ends with 1 when a limit was missed or a benchmark failed.`,
  operands: BENCHES.length,
};

await runCommand(command, async (names) => {
  let missed = false;
  for (const name of chosen(names)) {
    const isNoisy = !(await untilQuiet());
    const machine = describeMachine();
    console.log(`\n${name} · ${machine}${isNoisy ? ' · noisy: not written down' : ''}`);
    const rows = await runInChild(name);
    printRows(rows);
    missed ||= rows.some((row) => !row.ok);
    if (!isQuick() && !isNoisy && rows.length > 0) writeResults(PAGE, { name, machine, rows });
  }
  return missed ? 1 : 0;
});

/**
 * Waits for a machine that has nothing else to do, up to ten minutes; a benchmark before this one counts as something.
 * @returns false where it has not become quiet
 */
async function untilQuiet(): Promise<boolean> {
  if (isQuick()) return true;
  for (let waitedMs = 0; !isQuiet(); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs === 0) console.log(`waiting for a load of ${QUIET_LOAD} …`);
    if (waitedMs >= LONGEST_WAIT_MS) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}

function isQuiet(): boolean {
  const [load = 0] = loadavg();
  return load <= QUIET_LOAD;
}

function chosen(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench === name));
  if (unknown.length > 0)
    throw new UsageError(`There is no benchmark ${unknown.join(', ')}; there are ${BENCHES.join(', ')}.`);
  return names.length === 0 ? BENCHES : BENCHES.filter((bench) => names.includes(bench));
}

/** @throws Error when the benchmark fails */
async function runInChild(name: Bench): Promise<BenchRow[]> {
  const child = fork(join(import.meta.dirname, 'support/in-child.ts'), [name]);
  const exited = once(child, 'exit');
  let rows: BenchRow[] | undefined;
  child.on('message', (message: BenchRow[]) => {
    rows = message;
  });
  const [code] = await exited;
  if (code !== 0 || rows === undefined) throw new Error(`the benchmark ${name} failed (${code})`);
  return rows;
}
