import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/**
 * Those whose data was deleted, each under a keyed hash of their id (customers/former-customers): so that deleting
 * brings no second free gift, and nobody who was shut out back in. It leads to no other row.
 */
export const formerCustomers = pgTable('former_customers', {
  pseudonym: text().primaryKey(),
  /** Whether an owner had shut them out; the words of why are gone. */
  banned: boolean().notNull(),
  deletedAt: timestamptz('deleted_at').notNull(),
});
