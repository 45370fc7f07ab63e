import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { users } from './users.ts';

/** What was seen in photos lately: the same photos with the same words have their card at once, also after a restart. */
export const recognitions = pgTable(
  'recognitions',
  {
    /** A hash of all that decides what is seen. */
    key: text().primaryKey(),
    /** Whose photo it was: it goes with them. */
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    recognised: jsonb().notNull(),
    /** When the photo was looked at. */
    createdAt: createdAt(),
  },
  (table) => [
    index('idx_recognitions_created').on(table.createdAt),
    index('idx_recognitions_user').on(table.userId),
  ],
);
