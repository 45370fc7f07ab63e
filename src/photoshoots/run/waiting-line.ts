import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, providerAttempts } from '../../database/schema/index.ts';

export type Waiting = { photoshootId: number; place: number };

/** Everyone who waits for a worker, in the order in which they will be served; place 1 is next. */
export async function readLine(db: Database): Promise<Waiting[]> {
  const rows = await db
    .select({ photoshootId: photoshoots.id })
    .from(photoshoots)
    .where(eq(photoshoots.state, 'queued'))
    .orderBy(desc(photoshoots.paid), asc(photoshoots.placedAt), asc(photoshoots.id));
  return rows.map((row, index) => ({ ...row, place: index + 1 }));
}

/** Pictures a median is taken over: enough to be steady, few enough to follow a provider's mood. */
const SAMPLE = 100;

/**
 * How long one picture has taken lately, as the median of measured calls; null while nothing was measured.
 * An estimate that is shown comes from here, never from a guess.
 */
export async function readMedianPictureMs(db: Database): Promise<number | null> {
  const recent = db
    .select({ durationMs: providerAttempts.durationMs })
    .from(providerAttempts)
    .where(
      and(
        eq(providerAttempts.purpose, 'picture'),
        eq(providerAttempts.state, 'succeeded'),
        gt(providerAttempts.startedAt, sql`now() - interval '1 day'`),
      ),
    )
    .orderBy(desc(providerAttempts.startedAt))
    .limit(SAMPLE)
    .as('recent');
  const [row] = await db
    .select({
      median: sql<number | null>`percentile_cont(0.5) within group (order by ${recent.durationMs})`.mapWith(
        Number,
      ),
    })
    .from(recent);
  return row?.median ?? null;
}
