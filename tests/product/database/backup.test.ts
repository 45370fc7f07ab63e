import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { createServerDatabase } from '../../support/database.ts';
import { findPostgres } from '../../support/postgres-server.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, '../../../deploy/backup.sh');
/** Into a database that is made anew: --clean alone cannot drop the tables of the queue, which have partitions. */
const RESTORING = ['--clean', '--create', '--if-exists', '--exit-on-error'];
const source = inject('testDatabase');

/** A database of the test's own with the folder for its backups, and the programs as compose.yaml calls them. */
async function openStage() {
  if (source.kind !== 'server') throw new Error('the server was asked for');
  const { url, drop } = await createServerDatabase(source.url);
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-backups-'));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await drop();
  });
  const { hostname, port, username, pathname } = new URL(url);
  const environment = {
    PATH: `${findPostgres()}:${process.env.PATH}`,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGDATABASE: pathname.slice(1),
    BACKUP_DIR: folder,
  };
  return {
    files: () => readdirSync(folder).sort(),
    keepOlder: (...names: readonly string[]) => {
      for (const name of names) writeFileSync(join(folder, name), '');
    },
    backUp: (more: Record<string, string> = {}) => run('sh', [SCRIPT], { env: { ...environment, ...more } }),
    restore: (name: string) =>
      run('pg_restore', [...RESTORING, '--dbname', 'postgres', join(folder, name)], { env: environment }),
    async query<Row extends object>(text: string): Promise<Row[]> {
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      try {
        return await sql.unsafe<Row[]>(text);
      } finally {
        await sql.end();
      }
    },
  };
}

const OLD = ['vitrine-2026-01-01T000000Z.dump', 'vitrine-2026-01-02T000000Z.dump'] as const;

describe.runIf(source.kind === 'server')('a backup', () => {
  test('brings back what was there, by the command of docs/database.md', async () => {
    const stage = await openStage();
    await stage.query('create table told (words text)');
    await stage.query(`insert into told values ('kept')`);
    await stage.backUp();
    await stage.query('truncate told');
    const [name = ''] = stage.files();
    await stage.restore(name);
    expect(await stage.query('select words from told')).toEqual([{ words: 'kept' }]);
  });

  test('makes room by removing the oldest, and nothing that is not a backup', async () => {
    const stage = await openStage();
    stage.keepOlder(...OLD, 'notes.txt');
    await stage.backUp({ BACKUPS_KEPT: '2' });
    expect(stage.files()).toEqual(['notes.txt', OLD[1], expect.stringMatching(/^vitrine-.+Z\.dump$/)]);
  });

  test('that fails says so, removes none and leaves no half of one', async () => {
    const stage = await openStage();
    stage.keepOlder(...OLD);
    await expect(stage.backUp({ PGDATABASE: 'nowhere', BACKUPS_KEPT: '1' })).rejects.toThrow(/nowhere/);
    expect(stage.files()).toEqual(OLD);
  });

  test.each(['0', 'all', '-1'])('that should keep %s is refused before anything is done', async (kept) => {
    const stage = await openStage();
    stage.keepOlder(...OLD);
    await expect(stage.backUp({ BACKUPS_KEPT: kept })).rejects.toThrow(/BACKUPS_KEPT is “.+”; it should be/);
    expect(stage.files()).toEqual(OLD);
  });
});
