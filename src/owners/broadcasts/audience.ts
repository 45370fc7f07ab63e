/** To whom a broadcast goes. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import type { Segment } from '../../database/schema/index.ts';

/** `language` is of the segment of that name. */
export type Audience = { segment: Segment; language: string | null };

/** After so many days without a word somebody counts as inactive. */
export const INACTIVE_DAYS = 30;
const DAY_MS = 86_400_000;

/** A condition on `users u`: who is in the segment, can be written to, and wants to be. */
export function readersOf({ segment, language }: Audience, now: Date): SQL {
  const reachable = sql`u.blocked_at is null and u.banned_at is null and u.broadcasts_muted_at is null
    and u.deletion_due_at is null and u.deleted_at is null`;
  switch (segment) {
    case 'all':
      return reachable;
    case 'buyers':
      return sql`${reachable} and exists (select from payments where user_id = u.id and state = 'credited')`;
    case 'inactive': {
      const since = new Date(now.getTime() - INACTIVE_DAYS * DAY_MS).toISOString();
      return sql`${reachable} and u.last_seen_at < ${since}::timestamptz`;
    }
    case 'language':
      return sql`${reachable} and u.language = ${language}`;
    default: {
      const never: never = segment;
      throw new Error(`unknown segment ${String(never)}`);
    }
  }
}

export async function countReaders(db: Database, audience: Audience, now: Date): Promise<number> {
  const [row] = await selectRows<{ readers: number }>(
    db,
    sql`select count(*)::int as readers from users u where ${readersOf(audience, now)}`,
  );
  return row?.readers ?? 0;
}
