import { index, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';

/** What became of one image: its thumbnails as base64 by their size, or the code of why there are none. */
export type BatchImage =
  | Readonly<{
      status: 'done';
      kind: string;
      width: number;
      height: number;
      thumbnails: Readonly<Record<string, string>>;
    }>
  | Readonly<{ status: 'failed'; code: string }>;

/** Images that an owner's tool had made small: asked for by its id, from any process, and gone after an hour. */
export const imageBatches = pgTable(
  'image_batches',
  {
    /** Nobody can guess it. */
    id: uuid().primaryKey().defaultRandom(),
    /** In the order in which they came; null while they are worked on. */
    images: jsonb().$type<readonly BatchImage[]>(),
    finishedAt: timestamptz('finished_at'),
    createdAt: createdAt(),
  },
  (table) => [index('idx_image_batches_created').on(table.createdAt)],
);
