import { and, desc, eq, gte, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { attributions, EVENT_KINDS, type EventKind, events } from '../database/schema/index.ts';
import { planAnew } from './plan-anew.ts';

/** What came of one source and campaign. All figures but the revenue count people, not events. */
export type SourceFigures = {
  /** null: people who came without a source. */
  source: string | null;
  campaign: string | null;
  starts: number;
  photos: number;
  firstPictures: number;
  paywalls: number;
  /** People who paid at least once. */
  paid: number;
  secondPurchases: number;
  /** Paid in all, by currency: whole Stars (XTR) or the currency's smallest unit. Refunds are not taken off. */
  revenue: Record<string, number>;
};

/**
 * The funnel by source and campaign, of what happened since a moment, the largest first; one statement.
 * An event meets at most one attribution, so nothing is counted twice. People and money are two aggregates of
 * the same rows, joined on their group: somebody who pays in two currencies is still one person.
 */
export async function readSources(db: Database, since: Date): Promise<SourceFigures[]> {
  return db.transaction(async (tx) => {
    await planAnew(tx);
    return readFunnel(tx, since);
  });
}

async function readFunnel(db: Database, since: Date): Promise<SourceFigures[]> {
  const touched = db.$with('touched').as(
    db
      .select({
        userId: events.userId,
        kind: events.kind,
        amount: events.amount,
        currency: events.currency,
        source: attributions.source,
        campaign: attributions.campaign,
      })
      .from(events)
      .leftJoin(attributions, eq(attributions.userId, events.userId))
      .where(and(isOneOf(events.kind, EVENT_KINDS), gte(events.createdAt, since))),
  );
  const people = (kind: EventKind, name: string) =>
    count(sql`count(distinct ${touched.userId}) filter (where ${touched.kind} = ${kind})`, name);
  const funnel = db.$with('funnel').as(
    db
      .select({
        source: touched.source,
        campaign: touched.campaign,
        starts: people('start', 'starts'),
        photos: people('photo', 'photos'),
        firstPictures: people('first-picture', 'first_pictures'),
        paywalls: people('paywall-seen', 'paywalls'),
        paid: people('paid', 'paid'),
        secondPurchases: people('second-purchase', 'second_purchases'),
      })
      .from(touched)
      .groupBy(touched.source, touched.campaign),
  );
  const sums = db.$with('sums').as(
    db
      .select({
        source: touched.source,
        campaign: touched.campaign,
        currency: touched.currency,
        amount: count(sql`sum(${touched.amount})`, 'sum'),
      })
      .from(touched)
      .where(and(eq(touched.kind, 'paid'), isNotNull(touched.currency)))
      .groupBy(touched.source, touched.campaign, touched.currency),
  );
  const money = db.$with('money').as(
    db
      .select({
        source: sums.source,
        campaign: sums.campaign,
        revenue: sql<Record<string, number>>`json_object_agg(${sums.currency}, ${sums.amount})`.as('revenue'),
      })
      .from(sums)
      .groupBy(sums.source, sums.campaign),
  );
  return db
    .with(touched, funnel, sums, money)
    .select({
      source: funnel.source,
      campaign: funnel.campaign,
      starts: funnel.starts,
      photos: funnel.photos,
      firstPictures: funnel.firstPictures,
      paywalls: funnel.paywalls,
      paid: funnel.paid,
      secondPurchases: funnel.secondPurchases,
      revenue: sql<Record<string, number>>`coalesce(${money.revenue}, '{}')`,
    })
    .from(funnel)
    .leftJoin(
      money,
      // The group without a source has nulls on both sides, which are not equal in SQL.
      sql`${money.source} is not distinct from ${funnel.source}
        and ${money.campaign} is not distinct from ${funnel.campaign}`,
    )
    .orderBy(desc(funnel.starts), funnel.source, funnel.campaign);
}

/** An aggregate as a number: both drivers hand over a bigint as text. */
function count(aggregate: SQL, name: string) {
  return sql<number>`${aggregate}`.mapWith(Number).as(name);
}
