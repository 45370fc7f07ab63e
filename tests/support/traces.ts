/** Looking for a person in all that is kept: whichever table or column somebody thought of, or did not. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/database/client.ts';
import { selectRows } from '../../src/database/rows.ts';

/** `ids` stand alone between other characters than digits; `words` anywhere, however they are written. */
export type Sought = { ids: readonly number[]; words: readonly string[] };

/**
 * Every column of every table of the database that holds one of them, as `public.photoshoots.caption: kumquat`; the
 * tables are those that the database says it has, and bytes are looked through as well.
 */
export async function findTraces(db: Database, sought: Sought): Promise<string[]> {
  const tables = await selectRows<{ schema: string; name: string }>(
    db,
    sql`select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      order by 1, 2`,
  );
  const traces: string[] = [];
  for (const { schema, name } of tables) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const found = await selectRows<{ column: string; trace: string }>(
      db,
      sql`select distinct held.key as column, sought.trace
        from ${table} as kept
          cross join lateral jsonb_each_text(to_jsonb(kept)) as held
          join (${patternsOf(sought)}) as sought on held.value ~* sought.pattern`,
    );
    traces.push(...found.map(({ column, trace }) => `${schema}.${name}.${column}: ${trace}`));
  }
  return traces;
}

function patternsOf({ ids, words }: Sought) {
  const patterns = [
    ...ids.map((id) => ({ trace: String(id), pattern: `(^|[^0-9])${id}([^0-9]|$)` })),
    ...words.flatMap((word) => [
      { trace: word, pattern: literally(word) },
      // Bytes are written in hexadecimal digits.
      { trace: word, pattern: Buffer.from(word).toString('hex') },
    ]),
  ];
  return sql.join(
    patterns.map(({ trace, pattern }) => sql`select ${trace}::text as trace, ${pattern}::text as pattern`),
    sql` union all `,
  );
}

const literally = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The files of a folder that hold one of the words or ids. The embedded database's own are left out: like every
 * database it writes over deleted rows in its own time.
 */
export function findFileTraces(folder: string, { ids, words }: Sought): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.split('/')[0] !== 'postgres' && statSync(join(folder, path)).isFile())
    .filter((path) => {
      const held = readFileSync(join(folder, path)).toString('latin1');
      return [...ids.map(String), ...words.map((word) => Buffer.from(word).toString('latin1'))].some((word) =>
        held.includes(word),
      );
    });
}
