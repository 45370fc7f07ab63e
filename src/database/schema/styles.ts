import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import { photoshoots } from './photoshoots.ts';
import { users } from './users.ts';

export const STYLE_ORIGINS = ['proposed', 'own', 'house', 'surprise', 'preset'] as const;
export type StyleOrigin = (typeof STYLE_ORIGINS)[number];

/** How pictures of one photoshoot may look: what was proposed for it, and what the seller added. */
export const styles = pgTable(
  'styles',
  {
    photoshootId: bigint('photoshoot_id', { mode: 'number' })
      .notNull()
      .references(() => photoshoots.id, { onDelete: 'cascade' }),
    /** The number in the callback data; its ranges are in photoshoots/style-numbers.ts. */
    number: integer().notNull(),
    origin: text({ enum: STYLE_ORIGINS }).notNull(),
    title: text().notNull(),
    prompt: text().notNull(),
    chosen: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.photoshootId, table.number] }),
    check('styles_origin', sql`${table.origin} in ('proposed', 'own', 'house', 'surprise', 'preset')`),
  ],
);

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
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique('style_presets_user_title').on(table.userId, table.title),
    index('idx_style_presets_user').on(table.userId, table.createdAt),
  ],
);
