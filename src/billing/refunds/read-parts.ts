import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { payments, refundParts } from '../../database/schema/index.ts';

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

/** What a buyer is told of a part: how much of which price, and the credits that went with it. */
export type ToldPart = { amount: number; credits: number; price: number; currency: string };

/** The part that was asked for by this key; null for none. */
export async function readPartOf(db: Database, key: string): Promise<ToldPart | null> {
  const { amount, credits } = refundParts;
  const [part] = await db
    .select({ amount, credits, price: payments.amount, currency: payments.currency })
    .from(refundParts)
    .innerJoin(payments, eq(payments.id, refundParts.paymentId))
    .where(eq(refundParts.key, key));
  return part ?? null;
}
