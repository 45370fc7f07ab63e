import { bigint, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';

/** Who is signed in to the dashboard. What their browser shows is not here, only its hash. */
export const sessions = pgTable(
  'sessions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** SHA-256 of the cookie or bearer, in hexadecimal digits. */
    hash: text().notNull(),
    /** Refers to nothing: an owner need not have written to the bot. */
    userId: bigint('user_id', { mode: 'number' }).notNull(),
    /** `link:<hash>` or `init-data:<hash>`: each opens one session, however often it is shown. */
    openedBy: text('opened_by').notNull(),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
    /** Set by whoever signs out. */
    endedAt: timestamptz('ended_at'),
  },
  (table) => [
    unique('sessions_hash').on(table.hash),
    unique('sessions_opened_by').on(table.openedBy),
    index('idx_sessions_user').on(table.userId),
  ],
);
