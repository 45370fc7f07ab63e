import { bigint, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { users } from './users.ts';
import { wordsIn } from './words.ts';

/** A seller's saved style. */
export const stylePresets = pgTable(
  'style_presets',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    title: text().notNull(),
    prompt: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('style_presets_user_title').on(table.userId, table.title),
    index('idx_style_presets_user').on(table.userId, table.createdAt),
    index('idx_style_presets_words').using('gin', wordsIn(table.title, table.prompt)),
  ],
);
