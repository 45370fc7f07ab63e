import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { isOneOf } from '../../database/is-one-of.ts';
import { creditEntries } from '../../database/schema/index.ts';

/**
 * How many credits of a photoshoot came back and went on to a refund, whose money their owner has, for a statement
 * that asks more.
 * @param photoshootId a column of that statement
 */
export function repaidOf(photoshootId: AnyPgColumn): SQL<number> {
  const isIts = and(eq(creditEntries.photoshootId, photoshootId), isOneOf(creditEntries.kind, ['repay']));
  return sql`(select coalesce(-sum(${creditEntries.available}), 0) from ${creditEntries} where ${isIts})`.mapWith(
    Number,
  );
}
