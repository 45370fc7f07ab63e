import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { users } from './users.ts';

/** Where a person came from, at their first touch; never changed afterwards. */
export const attributions = pgTable(
  'attributions',
  {
    userId: bigint('user_id', { mode: 'number' })
      .primaryKey()
      .references(() => users.id),
    source: text().notNull(),
    medium: text(),
    campaign: text(),
    content: text(),
    term: text(),
    /** An advertising network's own id of the click, which conversions are uploaded with. */
    clickId: text('click_id'),
    createdAt: createdAt(),
  },
  (table) => [index('idx_attributions_source').on(table.source, table.campaign)],
);
