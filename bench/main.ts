/**
 * `npm run bench`: every benchmark, one after the other, each in a process of its own. Prints the tables,
 * writes them into docs/benchmarks.md, and ends with 1 when a limit was missed or a benchmark failed.
 * `npm run bench -- updates` runs one; with BENCH_QUICK=1 each runs one round, and nothing is written.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommand, UsageError } from '../src/command-line.ts';
import { type BenchRow, isQuick, printRows } from './row.ts';
import { describeMachine } from './support/machine.ts';
import { writeResults } from './support/write-results.ts';

const BENCHES = [
  'order',
  'convert',
  'policy',
  'updates',
  'queue',
  'sellers',
  'crowd',
  'start',
  'figures',
  'likeness',
] as const;
type Bench = (typeof BENCHES)[number];
const PAGE = join(import.meta.dirname, '../docs/benchmarks.md');

const command = {
  usage: 'npm run bench -- [benchmark …]',
  about: `Runs every benchmark, or those that are named: ${BENCHES.join(', ')}. Prints the tables and writes them
into docs/benchmarks.md; with BENCH_QUICK=1 each runs one round, and nothing is written.
Ends with 1 when a limit was missed or a benchmark failed.`,
  operands: BENCHES.length,
};

await runCommand(command, async (names) => {
  let missed = false;
  for (const name of chosen(names)) {
    const machine = describeMachine();
    console.log(`\n${name} · ${machine}`);
    const rows = await runInChild(name);
    printRows(rows);
    missed ||= rows.some((row) => !row.ok);
    if (!isQuick() && rows.length > 0) writeResults(PAGE, { name, machine, rows });
  }
  return missed ? 1 : 0;
});

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
