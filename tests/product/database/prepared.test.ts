import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../../src/database/client.ts';
import { users } from '../../../src/database/schema/index.ts';
import { openTestDatabase } from '../../support/database.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openDatabase(): Promise<Database> {
  const database = await openTestDatabase();
  closers.push(() => database.close());
  return database.db;
}

/** The statements over users that this connection has prepared. */
async function preparedOverUsers(db: Database): Promise<string[]> {
  const [row] = await db
    .select({ statements: sql<string[]>`coalesce(json_agg(statement), '[]')` })
    .from(sql`pg_prepared_statements`)
    .where(sql`statement like '%from "users"%'`);
  return row?.statements ?? [];
}

const readUser = (db: Database, id: number) =>
  db.select({ id: users.id }).from(users).where(eq(users.id, id));

// PGlite runs in this process: there is no round trip to save.
describe.runIf(inject('testDatabase').kind === 'server')('statements on a server', () => {
  test('that are built anew each time are prepared once for a connection', async () => {
    const db = await openDatabase();
    await db.transaction(async (tx) => {
      await readUser(tx, 1);
      await readUser(tx, 2);
      expect(await preparedOverUsers(tx)).toHaveLength(1);
    });
  });

  test('are prepared within a savepoint too', async () => {
    const db = await openDatabase();
    await db.transaction((tx) =>
      tx.transaction(async (inner) => {
        await readUser(inner, 1);
        expect(await preparedOverUsers(inner)).toHaveLength(1);
      }),
    );
  });

  test('are answered as before when the table changed since they were prepared', async () => {
    const db = await openDatabase();
    await db.transaction(async (tx) => void (await readUser(tx, 1)));
    await db.execute(sql`alter table users add column later text`);
    expect(await readUser(db, 1)).toEqual([]);
  });

  test('leave nothing of a transaction that failed', async () => {
    const db = await openDatabase();
    const failing = db.transaction(async (tx) => {
      await tx.insert(users).values({ id: 5, firstName: 'Anna', language: 'en' });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await readUser(db, 5)).toEqual([]);
  });
});
