import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import postgres from 'postgres';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '../../../src/database/client.ts';
import { migrateEmbedded, migrateServer } from '../../../src/database/migrate.ts';
import * as schema from '../../../src/database/schema/index.ts';
import { createLog } from '../../../src/log.ts';
import { createServerDatabase, openTestDatabase } from '../../support/database.ts';
import '../../support/provided.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../drizzle');
const log = createLog({ level: 'silent', pretty: false });
const source = inject('testDatabase');
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const readJson = (path: string) => JSON.parse(readFileSync(join(MIGRATIONS, path), 'utf8'));
const journal: { entries: { idx: number; tag: string; when: number }[] } = readJson('meta/_journal.json');

describe('the migrations', () => {
  test('stand in the journal in the order of their time: an older one would be skipped without a word', () => {
    const times = journal.entries.map((entry) => entry.when);
    expect(times.length).toBeGreaterThan(0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(journal.entries.map((entry) => entry.idx)).toEqual(journal.entries.map((_, index) => index));
  });

  test('are each a file, and each file is one of them', () => {
    const files = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql'));
    expect(files.sort()).toEqual(journal.entries.map((entry) => `${entry.tag}.sql`).sort());
  });

  test('make exactly the schema of the code: nothing is left to generate', async () => {
    const newest = journal.entries.at(-1);
    if (newest === undefined) throw new Error('there are no migrations');
    const migrated = readJson(`meta/${newest.tag.slice(0, 4)}_snapshot.json`);
    const wanted = generateDrizzleJson(schema, migrated.id);
    expect(await generateMigration(migrated, wanted)).toEqual([]);
  });

  test('and the check of that would notice a column that is missing', async () => {
    const changed = generateDrizzleJson(schema);
    const users = changed.tables['public.users'];
    if (users === undefined) throw new Error('there is no table of users');
    delete users.columns.username;
    const statements = await generateMigration(changed, generateDrizzleJson(schema));
    expect(statements.join()).toContain('username');
  });

  test('have each been applied once in a database that is opened', async () => {
    const database = await openTestDatabase();
    closers.push(() => database.close());
    const applied = await database.db
      .select({ when: sql`created_at`.mapWith(Number) })
      .from(sql`drizzle.__drizzle_migrations`)
      .orderBy(sql`created_at`);
    expect(applied.map((row) => row.when)).toEqual(journal.entries.map((entry) => entry.when));
  });
});

/** A folder with the first migrations alone, as an earlier release had it. */
function earlierMigrations(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  closers.push(async () => rmSync(folder, { recursive: true }));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const earlier = { ...journal, entries: journal.entries.slice(0, count) };
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(earlier));
  return folder;
}

test.runIf(source.kind === 'embedded')(
  'the migrations of every earlier release are gone on from, and a photoshoot that was made then is kept',
  async () => {
    const pglite = new PGlite();
    closers.push(() => pglite.close());
    const db = drizzle(pglite, { schema });
    const releases = journal.entries.slice(1).map(({ idx }) => idx);
    // What was made with each of them goes through all that came later.
    for (const release of releases) {
      await migrate(db, { migrationsFolder: earlierMigrations(release) });
      await pglite.exec(`
        insert into users (id, first_name, language) values (${release}, 'Emma', 'en');
        insert into photoshoots (user_id, chat_id, source_key, ratio, expires_at)
          values (${release}, 1, 'message:1:${release}', '1:1', now());
        insert into processed_images (photoshoot_id, user_id, position, style, style_prompt, style_origin, ratio)
          select id, user_id, 1, 'Studio', 'on white', 'own', '1:1' from photoshoots where user_id = ${release};
        insert into picture_files (picture_id, bytes)
          select id, '\\x00' from processed_images where user_id = ${release};`);
    }
    await migrateEmbedded(db, log);
    const applied = await pglite.query('select created_at from drizzle.__drizzle_migrations');
    expect(applied.rows).toHaveLength(journal.entries.length);
    const { photoshoots, processedImages, pictureFiles } = schema;
    expect(await db.select().from(photoshoots).orderBy(photoshoots.id)).toMatchObject(
      releases.map((release) => ({ userId: release, state: 'draft' })),
    );
    expect(await db.select().from(processedImages).orderBy(processedImages.id)).toMatchObject(
      releases.map((release) => ({ userId: release, style: 'Studio', state: 'waiting' })),
    );
    expect(await db.$count(pictureFiles)).toBe(releases.length);
  },
);

describe.runIf(source.kind === 'server')('the migrations of a server', () => {
  /** A database as a new server has it, without any table of ours. */
  async function emptyDatabase() {
    if (source.kind !== 'server') throw new Error('the server was asked for');
    const database = await createServerDatabase(source.url);
    closers.push(() => database.drop());
    await run(
      database.url,
      'drop schema public cascade; drop schema drizzle cascade; drop schema queue cascade; create schema public',
    );
    return database;
  }

  async function run(url: string, statements: string): Promise<void> {
    const client = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await client.unsafe(statements);
    } finally {
      await client.end();
    }
  }

  async function appliedTo(url: string): Promise<number[]> {
    const client = postgres(url, { max: 1 });
    try {
      const rows = await client`select created_at from drizzle.__drizzle_migrations order by created_at`;
      return rows.map((row) => Number(row.created_at));
    } finally {
      await client.end();
    }
  }

  const times = journal.entries.map((entry) => entry.when);

  test('are applied once when six processes start together, and all of them start', async () => {
    const { url } = await emptyDatabase();
    await Promise.all(Array.from({ length: 6 }, () => migrateServer(url, log)));
    expect(await appliedTo(url)).toEqual(times);
  });

  test('change nothing when they are run again', async () => {
    const { url } = await emptyDatabase();
    await migrateServer(url, log);
    await run(url, `insert into intake_processes (id, polls) values ('kept', false)`);
    await migrateServer(url, log);
    expect(await appliedTo(url)).toEqual(times);
    // Fails, because the row is still there.
    await expect(run(url, `insert into intake_processes (id, polls) values ('kept', false)`)).rejects.toThrow(
      'duplicate key',
    );
  });

  test('that were cut short leave nothing, and the next start does them', async () => {
    const { url } = await emptyDatabase();
    // A table in the way stands for any fault in the middle: all files are one transaction.
    await run(url, 'create table users (in_the_way integer)');
    await expect(migrateServer(url, log)).rejects.toThrow();
    expect(await appliedTo(url).catch(() => [])).toEqual([]);
    await run(url, 'drop table users');
    await migrateServer(url, log);
    expect(await appliedTo(url)).toEqual(times);
  });

  test('that a newer version made are refused with a clear line, at every start', async () => {
    const { url, options } = await emptyDatabase();
    await migrateServer(url, log);
    await run(
      url,
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`,
    );
    await expect(openDatabase(options, log)).rejects.toThrow('newer version of Vitrine');
    // The refusal must let go of the lock, or the next start waits for ever.
    await expect(migrateServer(url, log)).rejects.toThrow('newer version of Vitrine');
  });
});
