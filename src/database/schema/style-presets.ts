import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf } from './columns.ts';
import { PICTURE_SIZES } from './photoshoots.ts';
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
    /** The format that its pictures had; null where it was saved before formats were kept. */
    ratio: text(),
    size: text({ enum: PICTURE_SIZES }),
    createdAt: createdAt(),
  },
  (table) => [
    unique('style_presets_user_title').on(table.userId, table.title),
    index('idx_style_presets_user').on(table.userId, table.createdAt),
    index('idx_style_presets_words').using('gin', wordsIn(table.title, table.prompt)),
    oneOf(table.size, PICTURE_SIZES),
    check('style_presets_format', sql`(${table.ratio} is null) = (${table.size} is null)`),
  ],
);
