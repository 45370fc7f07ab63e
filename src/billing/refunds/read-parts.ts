import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries, payments, refundParts } from '../../database/schema/index.ts';
import { PART_ENTRY } from './parts.ts';

export type RefundPart = Pick<typeof refundParts.$inferSelect, 'id' | 'amount' | 'credits' | 'givenAt'>;

/** The parts of a payment that were given back, in their order. */
export async function readParts(db: Database, paymentId: number): Promise<RefundPart[]> {
  const { id, amount, credits, givenAt } = refundParts;
  return db
    .select({ id, amount, credits, givenAt })
    .from(refundParts)
    .where(eq(refundParts.paymentId, paymentId))
    .orderBy(asc(id));
}

/** What a buyer is told of a part. */
export type ToldPart = {
  amount: number;
  /** Of which price. */
  price: number;
  currency: string;
  /** The credits that go with it, and those of them that were unused and are taken. */
  credits: number;
  taken: number;
};

/** The part that was asked for by this key; null for none. */
export async function readPartOf(db: Database, key: string): Promise<ToldPart | null> {
  const { amount, credits } = refundParts;
  const entryKey = sql`${PART_ENTRY}::text || ${refundParts.id}`;
  const taken = sql`coalesce((select -${creditEntries.available} from ${creditEntries}
    where ${creditEntries.idempotencyKey} = ${entryKey}), 0)`.mapWith(Number);
  const [part] = await db
    .select({ amount, credits, price: payments.amount, currency: payments.currency, taken })
    .from(refundParts)
    .innerJoin(payments, eq(payments.id, refundParts.paymentId))
    .where(eq(refundParts.key, key));
  return part ?? null;
}
