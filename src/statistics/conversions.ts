import { and, asc, desc, eq, gte, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { attributions, EVENT_KINDS, type EventKind, events } from '../database/schema/index.ts';
import { planAnew } from './plan-anew.ts';

/** A step of the funnel with where its person came from. */
export type ConversionRow = {
  at: Date;
  userId: number;
  kind: EventKind;
  /** Of a payment: whole Stars, or the currency's smallest unit. */
  amount: number | null;
  currency: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  content: string | null;
  term: string | null;
  clickId: string | null;
};

/** True of all; named, so that the index on kind and time leads to what happened since. */
const isOfAnyKind = isOneOf(events.kind, EVENT_KINDS);

/** What happened since a moment, the newest `limit` of it, in the order it happened. */
export async function readConversions(
  db: Database,
  { since, limit }: { since: Date; limit: number },
): Promise<ConversionRow[]> {
  const newest = await db.transaction(async (tx) => {
    await planAnew(tx);
    return tx
      .select({
        at: events.createdAt,
        userId: events.userId,
        kind: events.kind,
        amount: events.amount,
        currency: events.currency,
        source: attributions.source,
        medium: attributions.medium,
        campaign: attributions.campaign,
        content: attributions.content,
        term: attributions.term,
        clickId: attributions.clickId,
      })
      .from(events)
      .leftJoin(attributions, eq(attributions.userId, events.userId))
      .where(and(isOfAnyKind, gte(events.createdAt, since)))
      .orderBy(desc(events.createdAt), desc(events.id))
      .limit(limit);
  });
  return newest.reverse();
}

/** An event that an advertising network has not been told of, with its own id of the click behind it. */
export type UnsentConversion = {
  id: number;
  kind: EventKind;
  at: Date;
  clickId: string;
  amount: number | null;
  currency: string | null;
};

/**
 * Takes up to `limit` events that came of a click since a moment and marks them as sent, the oldest first.
 * Marked before they are sent, two processes never send the same ones; what could not be sent is handed back
 * with `returnConversions`.
 */
export async function claimConversions(
  db: Database,
  { since, limit }: { since: Date; limit: number },
  now: Date,
): Promise<UnsentConversion[]> {
  return db.transaction(async (tx) => {
    await planAnew(tx);
    const rows = await tx
      .select({
        id: events.id,
        kind: events.kind,
        at: events.createdAt,
        clickId: attributions.clickId,
        amount: events.amount,
        currency: events.currency,
      })
      .from(events)
      .innerJoin(attributions, eq(attributions.userId, events.userId))
      .where(
        and(
          isOfAnyKind,
          isNull(events.uploadedAt),
          isNotNull(attributions.clickId),
          gte(events.createdAt, since),
        ),
      )
      .orderBy(asc(events.id))
      .limit(limit)
      .for('update', { of: events, skipLocked: true });
    const claimed = rows.flatMap(({ clickId, ...row }) => (clickId === null ? [] : [{ ...row, clickId }]));
    if (claimed.length > 0) await tx.update(events).set({ uploadedAt: now }).where(among(claimed));
    return claimed;
  });
}

/** They were not sent after all: the next time finds them again. */
export async function returnConversions(db: Database, unsent: readonly { id: number }[]): Promise<void> {
  if (unsent.length > 0) await db.update(events).set({ uploadedAt: null }).where(among(unsent));
}

function among(rows: readonly { id: number }[]) {
  return inArray(
    events.id,
    rows.map((row) => row.id),
  );
}
