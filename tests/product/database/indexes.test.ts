import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { checkIndexes } from '../../../src/database/indexes.ts';
import { selectRows } from '../../../src/database/rows.ts';
import { openTestDatabase } from '../../support/database.ts';

let database: DatabaseHandle;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

describe('the check of the indexes', () => {
  test('finds nothing in a database that was just made', async () => {
    expect(await checkIndexes(database.db)).toEqual({ missing: [], invalid: [], unused: [] });
  });

  test('lists what is missing, what nothing uses, and changes nothing', async () => {
    const { db } = database;
    await db.execute(sql`drop index idx_orders_paid`);
    await db.execute(sql`create table grown as select generate_series(1, 20000) as n`);
    await db.execute(sql`create index idx_grown on grown (n)`);
    await db.execute(sql`create unique index grown_key on grown (n)`);
    await db.execute(sql`analyze grown`);
    const report = await checkIndexes(db);
    expect(report).toEqual({
      missing: ['idx_orders_paid'],
      invalid: [],
      unused: [{ name: 'idx_grown', table: 'grown', bytes: expect.any(Number) }],
    });
    const left = await selectRows<{ name: string }>(
      db,
      sql`select indexname as name from pg_indexes where indexname in ('idx_orders_paid', 'idx_grown')`,
    );
    expect(left).toEqual([{ name: 'idx_grown' }]);
  });
});
