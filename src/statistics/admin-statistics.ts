import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import {
  type PHOTOSHOOT_STATES,
  type PhotoshootState,
  payments,
  photoshoots,
  processedImages,
  providerAttempts,
  users,
} from '../database/schema/index.ts';

export type AdminStatistics = {
  users: number;
  usersToday: number;
  blocked: number;
  /** Delivered pictures. */
  pictures: number;
  free: number;
  paid: number;
  picturesToday: number;
  givenBack: number;
  /** How many were given back for each reason; `none`: the question was not answered. */
  givenBackReasons: Readonly<Record<string, number>>;
  photoshoots: Record<PhotoshootState, number>;
  /** What the provider's calls have cost, as far as their prices are known. */
  costMicroUsd: number;
  /** Payments whose update was lost and that the reconciliation found. */
  reconciled: number;
};

/**
 * The owner's figures, in one statement of independent aggregates: a join of these tables would count a
 * person once for each of their pictures.
 * @param now “today” is its calendar day, UTC
 */
export async function readAdminStatistics(db: Database, now: Date): Promise<AdminStatistics> {
  const today = `${now.toISOString().slice(0, 10)}T00:00:00Z`;
  const people = db
    .select({
      users: sql<number>`count(*)`.mapWith(Number).as('users'),
      usersToday: sql<number>`count(*) filter (where ${users.createdAt} >= ${today}::timestamptz)`
        .mapWith(Number)
        .as('users_today'),
      blocked: sql<number>`count(${users.blockedAt})`.mapWith(Number).as('blocked'),
    })
    .from(users)
    .as('people');
  const delivered = db
    .select({
      pictures: sql<number>`count(*)`.mapWith(Number).as('pictures'),
      paid: sql<number>`count(*) filter (where ${processedImages.paid})`.mapWith(Number).as('paid'),
      picturesToday:
        sql<number>`count(*) filter (where ${processedImages.deliveredAt} >= ${today}::timestamptz)`
          .mapWith(Number)
          .as('pictures_today'),
      givenBack: sql<number>`count(${processedImages.givenBackAt})`.mapWith(Number).as('given_back'),
    })
    .from(processedImages)
    .where(sql`${processedImages.state} = 'delivered'`)
    .as('delivered');
  const byState = db
    .select({
      counts: sql<
        Partial<Record<PhotoshootState, number>>
      >`coalesce(json_object_agg(state, number), '{}')`.as('counts'),
    })
    .from(
      sql`(select ${photoshoots.state} as state, count(*) as number from ${photoshoots} group by 1) as states`,
    )
    .as('by_state');
  const byReason = db
    .select({
      reasons: sql<Record<string, number>>`coalesce(json_object_agg(reason, number), '{}')`.as('reasons'),
    })
    .from(
      sql`(select coalesce(${processedImages.givenBackReason}, 'none') as reason, count(*) as number
        from ${processedImages} where ${processedImages.givenBackAt} is not null group by 1) as given_back`,
    )
    .as('by_reason');
  const repaired = db
    .select({ reconciled: sql<number>`count(*)`.mapWith(Number).as('reconciled') })
    .from(payments)
    .where(sql`${payments.source} = 'reconciliation'`)
    .as('repaired');
  const spent = db
    .select({
      costMicroUsd: sql<number>`coalesce(sum(${providerAttempts.costMicroUsd}), 0)`
        .mapWith(Number)
        .as('cost_micro_usd'),
    })
    .from(providerAttempts)
    .as('spent');
  const [row] = await db
    .select({
      users: people.users,
      usersToday: people.usersToday,
      blocked: people.blocked,
      pictures: delivered.pictures,
      paid: delivered.paid,
      picturesToday: delivered.picturesToday,
      givenBack: delivered.givenBack,
      givenBackReasons: byReason.reasons,
      counts: byState.counts,
      costMicroUsd: spent.costMicroUsd,
      reconciled: repaired.reconciled,
    })
    .from(people)
    .crossJoin(delivered)
    .crossJoin(byState)
    .crossJoin(byReason)
    .crossJoin(repaired)
    .crossJoin(spent);
  if (row === undefined) throw new Error('aggregates without a row');
  const { counts, ...figures } = row;
  return {
    ...figures,
    free: figures.pictures - figures.paid,
    photoshoots: countEveryState(counts),
  };
}

function countEveryState(counts: Partial<Record<PhotoshootState, number>>): Record<PhotoshootState, number> {
  const zero = {
    draft: 0,
    awaiting_payment: 0,
    queued: 0,
    generating: 0,
    completed: 0,
    cancelled: 0,
    failed: 0,
    expired: 0,
  };
  return { ...(zero satisfies Record<(typeof PHOTOSHOOT_STATES)[number], number>), ...counts };
}
