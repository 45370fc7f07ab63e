import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../tests/support/postgres-server.ts';

/** What the figures were measured on, and how busy it was with other things; one line. */
export function describeMachine(): string {
  const [load = 0] = loadavg();
  return [
    cpus()[0]?.model.trim() ?? 'an unknown processor',
    `${availableParallelism()} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}`,
    postgresVersion(),
    new Date().toISOString().slice(0, 10),
    `load ${load.toFixed(1)} when it began`,
  ].join(' · ');
}

function postgresVersion(): string {
  const binaries = findPostgres();
  if (binaries === null) return 'no PostgreSQL server';
  const said = execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' });
  return `PostgreSQL ${/\d+(\.\d+)*/.exec(said)?.[0] ?? said.trim()}`;
}
