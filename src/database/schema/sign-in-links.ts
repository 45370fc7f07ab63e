import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';

/** A link that opens the dashboard once. What it carries is not here, only its hash. */
export const signInLinks = pgTable('sign_in_links', {
  /** SHA-256 of what the link carries, in hexadecimal digits. */
  hash: text().primaryKey(),
  /** Refers to nothing: an owner need not have written to the bot. */
  userId: bigint('user_id', { mode: 'number' }).notNull(),
  createdAt: createdAt(),
  expiresAt: timestamptz('expires_at').notNull(),
  spentAt: timestamptz('spent_at'),
});
