/** What `personal-data.ts` says of columns, as statements over rows that are chosen by whoever calls. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../database/client.ts';
import { type Fate, type Leaver, PERSONAL_DATA, type TableName, tableOf } from './personal-data.ts';

/** What becomes of the columns of a table; of one whose rows go, only the columns that hold ids of people. */
export function fatesOf(name: TableName): Readonly<Record<string, Fate>> {
  const holding = PERSONAL_DATA[name];
  if (holding === 'nobody') return {};
  if ('columns' in holding) return holding.columns;
  return Object.fromEntries(holding.deleted.map((key) => [key, 'person']));
}

/**
 * Drops these rows, or what is in them of a person.
 * @param leaver whose they are; null where only the content's time is over and its owner stays
 */
export async function emptyRows(
  tx: Database,
  name: TableName,
  rows: SQL,
  leaver: Leaver | null,
): Promise<void> {
  const table = tableOf(name);
  const holding = PERSONAL_DATA[name];
  if (holding === 'nobody') return;
  if ('deleted' in holding) {
    await tx.execute(sql`delete from ${table} where ${rows}`);
    return;
  }
  const fates = fatesOf(name);
  const changes = Object.entries(getTableColumns(table)).flatMap(([key, column]) => {
    const fate = fates[key];
    const value = fate === 'chat' && leaver !== null ? sql`${leaver.anonymousId}` : emptied(column, fate);
    return value === null ? [] : [sql`${sql.identifier(column.name)} = ${value}`];
  });
  if (changes.length === 0) return;
  await tx.execute(sql`update ${table} set ${sql.join(changes, sql`, `)} where ${rows}`);
}

/** What the column holds once its content is gone; null where it stays as it is. */
export function emptied(column: PgColumn, fate: Fate | undefined): SQL | null {
  if (typeof fate === 'function') return fate();
  if (fate !== 'goes') return null;
  if (!column.notNull) return sql`null`;
  // A number or a time that must be there has to say itself what it becomes.
  if (column.dataType !== 'string') throw new Error(`${column.name} cannot be emptied`);
  return sql`''`;
}
