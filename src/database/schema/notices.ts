import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** What the admins have been told and need not be told again until it is over, such as a missing quota. */
export const notices = pgTable('notices', {
  key: text().primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
});
