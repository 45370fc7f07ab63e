import { and, eq, exists, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { creditEntries } from '../../database/schema/index.ts';

/** The condition that a person has bought credits, for a statement that asks more. */
export function isPaying(db: Database, userId: number): SQL<boolean> {
  const purchases = db
    .select({ one: sql`1` })
    .from(creditEntries)
    .where(and(eq(creditEntries.userId, userId), eq(creditEntries.kind, 'purchase')));
  return sql<boolean>`${exists(purchases)}`;
}

/** True once a person has bought credits: their photoshoots go before those of free trials. */
export async function isPayingCustomer(db: Database, userId: number): Promise<boolean> {
  const [row] = await selectRows<{ paying: boolean }>(db, sql`select ${isPaying(db, userId)} as paying`);
  return row?.paying === true;
}
