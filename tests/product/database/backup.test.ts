import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { createPseudonyms, rememberFormer } from '../../../src/customers/former-customers.ts';
import { openDatabase } from '../../../src/database/client.ts';
import { formerCustomers, users } from '../../../src/database/schema/index.ts';
import { readDueDeletions } from '../../../src/privacy/erase-person.ts';
import { createServerDatabase } from '../../support/database.ts';
import { findPostgres } from '../../support/postgres-server.ts';
import { silentLog } from '../../support/running-app.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');
const SCRIPT = join(ROOT, 'deploy/backup.sh');
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

describe.runIf(source.kind === 'server')('npm run backup and npm run restore', () => {
  const DAY_MS = 86_400_000;
  const TOKEN = `1:${'o'.repeat(35)}`;
  const pseudonymOf = createPseudonyms(TOKEN);

  async function openRehearsal() {
    if (source.kind !== 'server') throw new Error('the server was asked for');
    const { url, options, drop } = await createServerDatabase(source.url);
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-restore-'));
    onTestFinished(async () => {
      rmSync(folder, { recursive: true });
      await drop();
    });
    const env = {
      PATH: `${findPostgres()}:${process.env.PATH}`,
      DATABASE_URL: url,
      BOT_TOKEN: TOKEN,
      OPENAI_API_KEY: 'unused',
      BACKUP_DIR: folder,
      BACKUPS_KEPT: '2',
    };
    const tool = (name: string, ...args: string[]) =>
      run(process.execPath, [join(ROOT, 'start.mjs'), `tools/${name}`, ...args], {
        // Where no developer's .env is.
        cwd: folder,
        env,
      });
    return {
      folder,
      tool,
      backups: () => readdirSync(folder).filter((name) => name.endsWith('.dump')),
      /** Opens it, and closes it again: a restore is refused while somebody is connected. */
      async within<T>(work: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<T>): Promise<T> {
        const handle = await openDatabase(options, silentLog);
        try {
          return await work(handle.db);
        } finally {
          await handle.close();
        }
      },
    };
  }

  test('bring back what was there, and delete again who was deleted since', async () => {
    const { folder, tool, backups, within } = await openRehearsal();
    const now = Date.now();
    const long = new Date(now - 30 * DAY_MS);
    const person = (id: number) => ({ id, firstName: 'Anna', language: 'en', createdAt: long });
    await within((db) => db.insert(users).values([person(1), person(2), person(3)]));
    await tool('backup.ts');
    const [dump = ''] = backups();
    await within(async (db) => {
      // Person 1 was deleted since; 2 was deleted long before they came again as somebody new; 3 is lost by accident.
      await rememberFormer(db, { pseudonym: pseudonymOf(1), banned: true }, new Date(now - DAY_MS));
      await rememberFormer(db, { pseudonym: pseudonymOf(2), banned: false }, new Date(now - 40 * DAY_MS));
      await db.delete(users);
    });
    const { stdout } = await tool('restore.ts', join(folder, dump));
    expect(stdout).toContain('are deleted again when Vitrine runs: 1.');
    await within(async (db) => {
      expect((await db.select({ id: users.id }).from(users)).map(({ id }) => id).sort()).toEqual([1, 2, 3]);
      expect(await readDueDeletions(db, 10, new Date())).toMatchObject([{ userId: 1 }]);
      expect(await db.$count(formerCustomers)).toBe(2);
    });
  });

  test('without a database to read deletions from are refused until it is said what to do', async () => {
    const { folder, tool, backups } = await openRehearsal();
    await tool('backup.ts');
    const [dump = ''] = backups();
    const lost = tool('restore.ts', join(folder, dump), '--deletions', join(folder, 'none.json'));
    await expect(lost).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no list that a restore has kept'),
    });
    await expect(tool('restore.ts', join(folder, 'none.dump'))).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no file'),
    });
    await tool('restore.ts', join(folder, dump), '--without-deletions');
  });
});
