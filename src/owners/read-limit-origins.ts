import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { ownerActions, users } from '../database/schema/index.ts';
import { LIMIT_NAMES, type LimitName } from '../resilience/rate-limits.ts';
import { LIMIT_BOUNDS } from './change-limits.ts';

/** Who changed a limit last, and why. */
export type LimitOrigin = {
  name: LimitName;
  actorId: number;
  /** Null for an owner who never wrote, and for the token of the API. */
  actor: string | null;
  reason: string | null;
  atMs: number;
};

/** The newest change of each limit that can still count: what owners set ends within 30 days. */
export async function readLimitOrigins(db: Database, now: Date): Promise<LimitOrigin[]> {
  const since = new Date(now.getTime() - LIMIT_BOUNDS.minutes * 60_000).toISOString();
  return selectRows<LimitOrigin>(
    db,
    sql`select wanted.name, newest.actor_id::float8 as "actorId", ${users.firstName} as actor, newest.reason,
        extract(epoch from newest.created_at)::float8 * 1000 as "atMs"
      from unnest(string_to_array(${LIMIT_NAMES.join(' ')}, ' ')) as wanted (name)
        cross join lateral (select * from ${ownerActions}
          where ${ownerActions.act} = 'set-limit' and ${ownerActions.createdAt} >= ${since}::timestamptz
            and jsonb_exists(${ownerActions.after}, wanted.name)
          order by ${ownerActions.createdAt} desc, ${ownerActions.id} desc limit 1) as newest
        left join ${users} on ${users.id} = newest.actor_id`,
  );
}
