import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** A stored start link: what a payload of 64 characters has no room for. */
export const startLinks = pgTable('start_links', {
  code: text().primaryKey(),
  /** The long payload, such as `utm_source=…&ref=…&package=2`. */
  payload: text().notNull(),
  createdBy: bigint('created_by', { mode: 'number' }).notNull(),
  createdAt: createdAt(),
});
