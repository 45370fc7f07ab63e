import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { createGroupCommit } from '../database/group-commit.ts';
import { selectRows } from '../database/rows.ts';
import { rateLimits } from '../database/schema/index.ts';
import type { CountingServer, SharedAnswer, SharedQuestion } from './shared-count.ts';

type Asking = { readonly question: SharedQuestion; answer: SharedAnswer | null };
type Row = { subject: string; limit: string; allowed: boolean; used: number; wait_ms: number };

/** Questions that are asked with one statement. */
const MOST_AT_ONCE = 200;

/**
 * A row for each subject of a limit, in the product's own database. Questions that come together share a statement; it
 * takes the rows in one order, so that two processes cannot wait for each other.
 */
export function createPostgresCount(db: Database): CountingServer {
  const group = createGroupCommit<Asking>(MOST_AT_ONCE, async (askings) => {
    for (const round of intoRounds(askings)) await answerAll(db, round);
  });
  return {
    name: 'PostgreSQL',
    isAway: () => false,
    async take(question) {
      const asking: Asking = { question, answer: null };
      await group.add(asking);
      if (asking.answer === null) throw new Error('the database answered for other limits than it was asked');
      return asking.answer;
    },
    async sweep() {
      const swept = await db
        .delete(rateLimits)
        .where(lte(rateLimits.expiresAt, sql`now()`))
        .returning({ subject: rateLimits.subject });
      return swept.length;
    },
    async forget(limits, subject) {
      await db
        .delete(rateLimits)
        .where(and(eq(rateLimits.subject, subject), inArray(rateLimits.limit, [...limits])));
    },
  };
}

/** A statement can change a row once: the second event of a subject comes in the next one. */
function intoRounds(askings: readonly Asking[]): Map<string, Asking>[] {
  const rounds: Map<string, Asking>[] = [];
  for (const asking of askings) {
    const key = keyOf(asking.question);
    const round = rounds.find((one) => !one.has(key));
    if (round === undefined) rounds.push(new Map([[key, asking]]));
    else round.set(key, asking);
  }
  return rounds;
}

function keyOf({ subject, limit }: Pick<SharedQuestion, 'subject' | 'limit'>): string {
  return `${limit}:${subject}`;
}

async function answerAll(db: Database, round: ReadonlyMap<string, Asking>): Promise<void> {
  const asked = JSON.stringify([...round.values()].map(({ question }) => question));
  // The time is taken before the row is waited for: what was counted meanwhile lies after it, and counts as well.
  const rows = await selectRows<Row>(
    db,
    sql`insert into rate_limits as kept (subject, "limit", taken, most, window_ms, allowed, expires_at)
      select asked.subject, asked."limit", jsonb_build_object(asked.id, clock.ms), asked.most, asked."windowMs", true,
        to_timestamp((clock.ms + asked."windowMs") / 1000)
      from jsonb_to_recordset(${asked}::text::jsonb)
          as asked(subject text, "limit" text, id text, most int, "windowMs" float8),
        (select extract(epoch from clock_timestamp())::float8 * 1000 as ms) clock
      order by asked.subject, asked."limit"
      on conflict (subject, "limit") do update set
        (taken, allowed, most, window_ms, expires_at) = (
          select
            case when live.known or live.used >= excluded.most then live.taken else live.taken || excluded.taken end,
            live.known or live.used < excluded.most,
            excluded.most, excluded.window_ms, excluded.expires_at
          from (
            select coalesce(jsonb_object_agg(old.key, old.value) filter (where old.key is not null), '{}') as taken,
              count(old.key) as used,
              coalesce(bool_or(old.key = new.key), false) as known
            from jsonb_each(excluded.taken) new
            left join jsonb_each(kept.taken) old on old.value::float8 > new.value::float8 - excluded.window_ms
          ) live
        )
      returning subject, "limit", allowed,
        (select count(*)::int from jsonb_object_keys(kept.taken)) as used,
        case when allowed then 0 else (
          select value::float8 from jsonb_each(kept.taken) order by value::float8 desc offset kept.most - 1 limit 1
        ) + window_ms - extract(epoch from clock_timestamp())::float8 * 1000 end as wait_ms`,
  );
  for (const row of rows) {
    const asking = round.get(keyOf(row));
    if (asking === undefined) continue;
    const { allowed, used, wait_ms: waitMs } = row;
    asking.answer = allowed ? { allowed, used } : { allowed, used, retryAfterMs: Math.max(0, waitMs) };
  }
}
