import { pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** What the admins have been told and need not be told again until it is over, such as a missing quota. */
export const notices = pgTable('notices', {
  key: text().primaryKey(),
  createdAt: createdAt(),
});
