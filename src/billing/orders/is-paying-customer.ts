import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries } from '../../database/schema/index.ts';

/** True once a person has bought credits: their photoshoots go before those of free trials. */
export async function isPayingCustomer(db: Database, userId: number): Promise<boolean> {
  const purchases = await db
    .select({ id: creditEntries.id })
    .from(creditEntries)
    .where(and(eq(creditEntries.userId, userId), eq(creditEntries.kind, 'purchase')))
    .limit(1);
  return purchases.length > 0;
}
