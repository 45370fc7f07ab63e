/** Indexes that the schema promises and the database has not, or has and nobody uses. It changes nothing. */
import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './client.ts';
import { selectRows } from './rows.ts';
import * as schema from './schema/index.ts';

export type IndexReport = Readonly<{
  /** By name; a start with the migrations brings them. */
  missing: readonly string[];
  /** There, and not to be used: a `create index concurrently` that was broken off. */
  invalid: readonly string[];
  /** Of large tables, without a single use since the statistics began; unique ones guard a rule and are not named. */
  unused: readonly Readonly<{ name: string; table: string; bytes: number }>[];
}>;

/** On a small table the planner reads everything and is right. */
const LARGE_ROWS = 10_000;

export async function checkIndexes(db: Database): Promise<IndexReport> {
  const found = await selectRows<{
    name: string;
    table: string;
    valid: boolean;
    unique: boolean;
    rows: number;
    scans: number;
    bytes: number;
  }>(
    db,
    sql`select i.relname as name, t.relname as table, x.indisvalid as valid, x.indisunique as unique,
        greatest(t.reltuples, 0)::float8 as rows, coalesce(s.idx_scan, 0)::float8 as scans,
        pg_relation_size(i.oid)::float8 as bytes
      from pg_index x
      join pg_class i on i.oid = x.indexrelid
      join pg_class t on t.oid = x.indrelid
      join pg_namespace n on n.oid = t.relnamespace
      left join pg_stat_user_indexes s on s.indexrelid = x.indexrelid
      where n.nspname = 'public'
      order by i.relname`,
  );
  const names = new Set(found.map(({ name }) => name));
  return {
    missing: promisedIndexes().filter((name) => !names.has(name)),
    invalid: found.filter(({ valid }) => !valid).map(({ name }) => name),
    unused: found
      .filter(({ unique, rows, scans }) => !unique && scans === 0 && rows >= LARGE_ROWS)
      .map(({ name, table, bytes }) => ({ name, table, bytes })),
  };
}

/** Of every table of the schema, in the order of their names. */
function promisedIndexes(): string[] {
  return Object.values(schema)
    .filter((table) => is(table, PgTable))
    .flatMap((table) => getTableConfig(table).indexes)
    .flatMap(({ config }) => (config.name === undefined ? [] : [config.name]))
    .sort();
}
