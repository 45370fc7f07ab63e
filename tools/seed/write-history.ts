/** A history into a database: all of it or nothing, thousands of rows a statement. */
import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/database/client.ts';
import { selectRows } from '../../src/database/rows.ts';
import { dailyFigures, rollUps, summedFigures } from '../../src/database/schema/index.ts';
import { type History, type LastIds, TABLE_NAMES, TABLES } from './history.ts';

const ROWS_PER_INSERT = 5_000;

export async function readLastIds(db: Database): Promise<LastIds> {
  const parts = WITH_ID.map(
    (name) => sql`(select coalesce(max(id), 0)::float8 from ${TABLES[name]}) as ${sql.identifier(name)}`,
  );
  const [row] = await selectRows<LastIds>(db, sql`select ${sql.join(parts, sql`, `)}`);
  if (row === undefined) throw new Error('aggregates without a row');
  return row;
}

/** The roll-up is dropped with it: it is written anew, from the first day that there is now. */
export async function writeHistory(db: Database, history: History): Promise<void> {
  await db.transaction(async (tx) => {
    for (const name of TABLE_NAMES) {
      const rows: readonly object[] = history[name];
      for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
        await insertRows(tx, TABLES[name], rows.slice(from, from + ROWS_PER_INSERT));
    }
    // People have ids of Telegram's; the others' next one comes behind what was written.
    for (const name of WITH_ID.filter((one) => one !== 'users'))
      await tx.execute(
        sql`select setval(pg_get_serial_sequence(${getTableName(TABLES[name])}, 'id'), greatest(1, (select max(id) from ${TABLES[name]})))`,
      );
    await tx.delete(dailyFigures);
    await tx.delete(summedFigures);
    await tx.delete(rollUps);
  });
}

const WITH_ID = TABLE_NAMES.filter((name) => name !== 'attributions');

/** As one parameter: a statement has no more than 65,535 of them. */
async function insertRows(tx: Database, table: PgTable, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = getTableColumns(table);
  const names = Object.keys(first).map((key) => {
    const column = columns[key];
    if (column === undefined) throw new Error(`${getTableName(table)} has no column ${key}`);
    return { key, name: column.name };
  });
  const named = rows.map((row) =>
    Object.fromEntries(names.map(({ key, name }) => [name, (row as Record<string, unknown>)[key] ?? null])),
  );
  const list = sql.join(
    names.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  await tx.execute(
    sql`insert into ${table} (${list}) overriding system value
      select ${list} from json_populate_recordset(null::${table}, ${JSON.stringify(named)}::json)`,
  );
}
