import { bigint, customType, index, pgTable } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { processedImages } from './processed-images.ts';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

/**
 * The bytes of a picture as the provider made it (WebP), kept from the moment it was paid for until its
 * originals have been fetched or the retention has passed.
 */
export const pictureFiles = pgTable(
  'picture_files',
  {
    pictureId: bigint('picture_id', { mode: 'number' })
      .primaryKey()
      .references(() => processedImages.id),
    bytes: bytea().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('idx_picture_files_created').on(table.createdAt)],
);
