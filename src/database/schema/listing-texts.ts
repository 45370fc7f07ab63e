import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { users } from './users.ts';

/** What was written about a product for a marketplace: the same photos, name and language are not asked about twice. */
export const listingTexts = pgTable(
  'listing_texts',
  {
    /** A hash of all that decides what is written. */
    key: text().primaryKey(),
    /** Whose photos and words it is about: it goes with them. */
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    listing: jsonb().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('idx_listing_texts_created').on(table.createdAt),
    index('idx_listing_texts_user').on(table.userId),
  ],
);
