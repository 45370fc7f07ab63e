import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';
import { photoshoots } from './photoshoots.ts';

/** What a seller wants of a photoshoot's pictures for sales channels: one choice, which can be made of again. */
export const marketplacePacks = pgTable('marketplace_packs', {
  photoshootId: bigint('photoshoot_id', { mode: 'number' })
    .primaryKey()
    .references(() => photoshoots.id, { onDelete: 'cascade' }),
  /** Ids of presets with a space between them. */
  channels: text().notNull().default(''),
  /** The seller's article number, of which files are named; from the caption, or asked for. */
  sku: text(),
  /** The message that shows the choice and then the progress, edited in place. */
  cardMessageId: bigint('card_message_id', { mode: 'number' }),
  /** Set while its files are being made, so that a second tap makes none. */
  queuedAt: timestamptz('queued_at'),
  createdAt: createdAt(),
});
