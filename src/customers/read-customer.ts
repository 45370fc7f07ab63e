import { eq, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { createGroupRead } from '../database/group-read.ts';
import { users } from '../database/schema/index.ts';

export type Customer = typeof users.$inferSelect;

/** The customer of an id, or undefined for a person who is not known. */
export type ReadCustomer = (id: number) => Promise<Customer | undefined>;

/** @param beside what is written in the same statement, and changes nothing of the customer */
export async function readCustomer(
  db: Database,
  id: number,
  beside: readonly WithSubquery[] = [],
): Promise<Customer | undefined> {
  const [customer] = await db
    .with(...beside)
    .select()
    .from(users)
    .where(eq(users.id, id));
  return customer;
}

/**
 * Makes the read that every update begins with: prepared on the server, and one statement for all the people
 * whose updates begin in the same turn of the event loop.
 */
export function createCustomerReader(db: Database): ReadCustomer {
  const byIds = db
    .select()
    .from(users)
    // The list travels as text: the two drivers write arrays in different ways.
    .where(sql`${users.id} = any(${sql.placeholder('ids')}::text::bigint[])`)
    .prepare('customers_by_id');
  return createGroupRead(async (ids: readonly number[]) => {
    const rows = await byIds.execute({ ids: `{${ids.join(',')}}` });
    return new Map(rows.map((row) => [row.id, row]));
  });
}
