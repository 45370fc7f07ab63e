import { type SQL, sql } from 'drizzle-orm';
import { selectRows } from '../database/rows.ts';
import type { Book } from './book.ts';

/** Milliseconds that half of them, and 95 of 100, took at the longest; null where nothing was measured. */
export type Times = { p50: number | null; p95: number | null };

/** Times are those of the newest so many of the period: enough for a 95th of 100, however long the period. */
export const SAMPLE = 1_000;

/** @param sample a query of `ms` */
export async function readTimes(book: Book, sample: SQL): Promise<Times> {
  const [row] = await selectRows<Times>(
    book.tx,
    sql`select percentile_cont(0.5) within group (order by ms)::float8 as p50,
        percentile_cont(0.95) within group (order by ms)::float8 as p95
      from (${sample}) as sample`,
  );
  return row ?? { p50: null, p95: null };
}
