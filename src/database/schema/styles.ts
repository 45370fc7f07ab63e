import { bigint, boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { oneOf } from './columns.ts';
import { photoshoots } from './photoshoots.ts';

export const STYLE_ORIGINS = [
  'proposed',
  'own',
  'house',
  'surprise',
  'preset',
  'correction',
  'cut-out',
] as const;
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
    oneOf(table.origin, STYLE_ORIGINS),
  ],
);
