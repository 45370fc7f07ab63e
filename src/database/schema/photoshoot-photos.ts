import { sql } from 'drizzle-orm';
import { bigint, bit, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { photoshoots } from './photoshoots.ts';

/** One view of the product, as Telegram keeps it. */
export const photoshootPhotos = pgTable(
  'photoshoot_photos',
  {
    photoshootId: bigint('photoshoot_id', { mode: 'number' })
      .notNull()
      .references(() => photoshoots.id, { onDelete: 'cascade' }),
    fileId: text('file_id').notNull(),
    fileUniqueId: text('file_unique_id').notNull(),
    /**
     * Names its pixels, as they are prepared for the providers: the same photo that is uploaded anew has another file
     * and this name again. Null until it was prepared.
     */
    contentHash: text('content_hash'),
    /** What it looks like (imaging/look.ts); null until it was prepared. */
    look: bit({ dimensions: 64 }),
    /** The message the photo came in: the order of an album, and what a repeated update meets. */
    messageId: bigint('message_id', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('photoshoot_photos_message').on(table.photoshootId, table.messageId),
    // Where else a photo is: by its file, and by its pixels.
    index('idx_photoshoot_photos_file').on(table.fileUniqueId),
    index('idx_photoshoot_photos_content').on(table.contentHash).where(sql`${table.contentHash} is not null`),
    // All looks are compared, from the index alone.
    index('idx_photoshoot_photos_look')
      .on(table.look, table.photoshootId, table.messageId)
      .where(sql`${table.look} is not null`),
  ],
);
