/**
 * Everything that is kept about a person, as one JSON text in pieces: table by table, a few thousand rows at a time, as
 * `personal-data.ts` says whose they are. Pictures are named by Telegram's file ids; the bytes of one that is still kept
 * only by their number. Of other people there is no more than that there was one.
 */
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { fatesOf } from './empty-rows.ts';
import { PERSONAL_DATA, PERSONAL_TABLES, type TableName, tableOf } from './personal-data.ts';

const ROWS_AT_ONCE = 5000;

/**
 * @param about a sentence for whoever opens the file
 * @param isFull asked after each piece: once it says so, the rest is left out, and the file says that
 */
export async function* collectData(
  db: Database,
  { userId, about, isFull }: { userId: number; about: string; isFull: () => boolean },
  now: Date,
): AsyncGenerator<string> {
  yield `{\n"about": ${JSON.stringify(about)},\n"telegramId": ${userId},\n"made": ${JSON.stringify(now)}`;
  let complete = true;
  for (const name of PERSONAL_TABLES) {
    const holding = PERSONAL_DATA[name];
    if (holding === 'nobody' || holding.rows === undefined) continue;
    yield `,\n${JSON.stringify(getTableName(tableOf(name)))}: [`;
    let between = '\n';
    for await (const rows of readRows(db, name, holding.rows(userId), userId)) {
      yield between + rows.map((row) => JSON.stringify(row)).join(',\n');
      between = ',\n';
      if (isFull()) complete = false;
      if (!complete) break;
    }
    yield '\n]';
    if (!complete) break;
  }
  yield `,\n"complete": ${complete}\n}\n`;
}

/** Pages by the place of a row, which every table has; what is changed meanwhile may come twice. */
async function* readRows(
  db: Database,
  name: TableName,
  rows: SQL,
  userId: number,
): AsyncGenerator<readonly Record<string, unknown>[]> {
  const table = tableOf(name);
  const fates = fatesOf(name);
  const parts = Object.entries(getTableColumns(table)).flatMap(([key, column]) => {
    const fate = fates[key];
    // What made an entry unique may name an owner's message; what it is about stands in its other columns.
    if (typeof fate === 'object') return [];
    const isPerson = fate === 'person' || fate === 'chat';
    return sql`${sql.raw(`'${column.name}'`)}, ${isPerson ? whoIs(column, userId) : readable(column)}`;
  });
  for (let after = '(0,0)'; ; ) {
    const page = await selectRows<{ place: string; row: Record<string, unknown> }>(
      db,
      sql`select ${table}.ctid::text as place, jsonb_build_object(${sql.join(parts, sql`, `)}) as row
        from ${table} where ${rows} and ${table}.ctid > ${after}::text::tid
        order by ${table}.ctid limit ${ROWS_AT_ONCE}`,
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map(({ row }) => row);
    if (page.length < ROWS_AT_ONCE) return;
    after = last.place;
  }
}

function whoIs(column: PgColumn, userId: number): SQL {
  return sql`case when ${column} = ${userId} then 'you' when ${column} is not null then 'somebody else' end`;
}

/** Bytes are said by their number. */
function readable(column: PgColumn): SQL {
  return column.getSQLType() === 'bytea' ? sql`octet_length(${column})` : sql`${column}`;
}
