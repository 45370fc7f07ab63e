import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { PartHealth } from '../health.ts';
import { withDeadline } from '../time/deadline.ts';

/** A database that answers later than this is as good as away. */
const ANSWER_LIMIT_MS = 3_000;

/** Whether the database answers, in time. Never rejects. */
export async function databaseHealth(db: Pick<PgDatabase<PgQueryResultHKT>, 'execute'>): Promise<PartHealth> {
  try {
    await withDeadline(ANSWER_LIMIT_MS, null, async () => db.execute(sql`select 1`));
    return { status: 'ok' };
  } catch {
    return { status: 'unhealthy' };
  }
}
