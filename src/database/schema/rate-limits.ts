import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/**
 * What counts for the limits that several processes share where there is no Redis (resilience/postgres-count.ts). The
 * table is unlogged: after a crash of the server everybody's count begins anew.
 */
export const rateLimits = pgTable(
  'rate_limits',
  {
    /** A person's id, or an address. */
    subject: text().notNull(),
    limit: text().notNull(),
    /** When each event came that counts, in milliseconds since 1970, by its id. */
    taken: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    /** As they were at the last question: so many events in so many milliseconds. */
    most: integer().notNull(),
    windowMs: doublePrecision('window_ms').notNull(),
    /** Whether the last question found room. */
    allowed: boolean().notNull(),
    /** Nothing of the row counts from then on. */
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.limit] }),
    index('idx_rate_limits_expires').on(table.expiresAt),
  ],
);
