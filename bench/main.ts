/**
 * `npm run bench`: every benchmark, each in a process of its own, one after the other; `npm run bench -- updates
 * queue` runs some. Writes docs/benchmarks.md when all were run, and exits with 1 when a limit was missed.
 * Run it on a machine that does nothing else.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../tests/support/postgres-server.ts';
import { type BenchRow, printRows } from './row.ts';

const BENCHES = ['convert', 'policy', 'updates', 'queue', 'sellers', 'start'] as const;
const PAGE = join(import.meta.dirname, '../docs/benchmarks.md');
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

const asked = process.argv.slice(2);
const chosen = asked.length === 0 ? BENCHES : BENCHES.filter((name) => asked.includes(name));
const results = chosen.map((name) => ({ name, rows: runBench(name) }));
if (chosen.length === BENCHES.length) writeFileSync(PAGE, page());
if (results.some(({ rows }) => rows.some((row) => !row.ok))) process.exitCode = 1;

/** Its rows come over the standard output of a process whose memory and threads are its own. */
function runBench(name: string): BenchRow[] {
  process.stdout.write(`\n${name}\n`);
  const file = join(import.meta.dirname, `${name}.ts`);
  const script = `import(${JSON.stringify(file)}).then(async (bench) => process.stdout.write('\\nROWS ' + JSON.stringify(await bench.run()) + '\\n'))`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = output.split('\n').findLast((text) => text.startsWith('ROWS '));
  if (line === undefined) throw new Error(`the benchmark ${name} gave no rows`);
  // What `run` of that file returned a moment ago.
  const rows = JSON.parse(line.slice('ROWS '.length)) as BenchRow[];
  printRows(rows);
  return rows;
}

function page(): string {
  const tables = results.map(({ name, rows }) => `## ${name}\n\n${table(rows)}\n`);
  return `# Benchmarks

Written by \`npm run bench\`. Figures are medians with their spread in brackets, of several rounds that take turns
with the peer; what each measures and how stands at the top of its file in \`bench/\`. Trust the ratios: the
absolute figures are this machine's.

${machine()}

${tables.join('\n')}`;
}

function machine(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 1024 ** 3);
  const day = new Date().toISOString().slice(0, 10);
  return `Machine: ${cpu?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${gib} GiB, Node ${process.versions.node}, ${postgresVersion()}; ${day}.`;
}

function postgresVersion(): string {
  const binaries = findPostgres();
  if (binaries === null) return 'no PostgreSQL server';
  return execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' })
    .replace('postgres (PostgreSQL)', 'PostgreSQL')
    .trim();
}

function table(rows: readonly BenchRow[]): string {
  if (rows.length === 0) return 'Not run on this machine: something that it needs is not installed.';
  const lines = rows.map(
    ({ what, measured, against, ratio, limit, ok }) =>
      `| ${what} | ${measured} | ${against} | ${ratio.toFixed(2)} | ${limit} | ${ok ? 'kept' : '**missed**'} |`,
  );
  return ['| what | measured | against | figure | limit | |', '|---|---|---|--:|---|---|', ...lines].join(
    '\n',
  );
}
