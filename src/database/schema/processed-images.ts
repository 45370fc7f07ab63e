import { sql } from 'drizzle-orm';
import { bigint, bit, boolean, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { photoshoots } from './photoshoots.ts';
import { STYLE_ORIGINS } from './styles.ts';
import { users } from './users.ts';

export const PICTURE_STATES = ['waiting', 'made', 'delivered', 'failed', 'refused', 'cancelled'] as const;
export type PictureState = (typeof PICTURE_STATES)[number];

/** `drifted`: it shows the product otherwise than the photo does. */
export const LIKENESSES = ['same', 'drifted', 'not-measured'] as const;

/** What came of reading the text on its product; `none`: there is no text on it. */
export const LABELS = ['as-in-photo', 'differs', 'none', 'not-read'] as const;

/** How a picture was brought to the ratio that was ordered, where the model made another one. */
export const RESHAPINGS = ['cut', 'extended'] as const;
export type Reshaping = (typeof RESHAPINGS)[number];

/** One result: a picture that was ordered. */
export const processedImages = pgTable(
  'processed_images',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    photoshootId: bigint('photoshoot_id', { mode: 'number' })
      .notNull()
      .references(() => photoshoots.id),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    /** Its place in the album, from 1. */
    position: integer().notNull(),
    state: text({ enum: PICTURE_STATES }).notNull().default('waiting'),
    style: text().notNull(),
    stylePrompt: text('style_prompt').notNull(),
    styleOrigin: text('style_origin', { enum: STYLE_ORIGINS }).notNull(),
    ratio: text().notNull(),
    /** What was reserved for it when it was ordered. */
    credits: integer().notNull().default(1),
    /** Of them what comes back when it is delivered, because it was made smaller than it was ordered. */
    creditsSaved: integer('credits_saved').notNull().default(0),
    reshaped: text({ enum: RESHAPINGS }),
    /** True when a purchased credit pays for it, false for a gift. */
    paid: boolean().notNull().default(false),
    provider: text(),
    model: text(),
    costMicroUsd: bigint('cost_micro_usd', { mode: 'number' }),
    /** Why there is no picture, when `failed` or `refused`. */
    failureCode: text('failure_code'),
    /** What came of holding it against its photo; null where nobody did. */
    likeness: text({ enum: LIKENESSES }),
    /** In what it drifted, or why it was not measured: words of photoshoots/likeness.ts with a space between them. */
    likenessReasons: text('likeness_reasons'),
    /** What came of reading the label; null where nobody did. */
    label: text({ enum: LABELS }),
    /** Where it differs: the line as it stands in the photo, and in the picture. */
    labelInPhoto: text('label_in_photo'),
    labelInPicture: text('label_in_picture'),
    /** What it looks like (imaging/look.ts), of those that were delivered since that is kept. */
    look: bit({ dimensions: 64 }),
    photoFileId: text('photo_file_id'),
    photoMessageId: bigint('photo_message_id', { mode: 'number' }),
    documentFileId: text('document_file_id'),
    /** Its original once more as JPEG, where that was asked for. */
    jpegFileId: text('jpeg_file_id'),
    givenBackAt: timestamptz('given_back_at'),
    givenBackReason: text('given_back_reason'),
    /** When the seller went back from this correction to the picture before it. */
    undoneAt: timestamptz('undone_at'),
    createdAt: createdAt(),
    deliveredAt: timestamptz('delivered_at'),
  },
  (table) => [
    unique('processed_images_position').on(table.photoshootId, table.position),
    index('idx_processed_images_created').on(table.createdAt),
    index('idx_processed_images_user_created').on(table.userId, table.createdAt),
    index('idx_processed_images_style').on(table.style, table.createdAt),
    index('idx_processed_images_user_style').on(table.userId, table.style),
    index('idx_processed_images_given_back')
      .on(table.givenBackAt)
      .where(sql`${table.givenBackAt} is not null`),
    // All looks are compared, from the index alone.
    index('idx_processed_images_look')
      .on(table.look, table.userId, table.id)
      .where(sql`${table.look} is not null`),
    oneOf(table.state, PICTURE_STATES),
    oneOf(table.likeness, LIKENESSES),
    oneOf(table.label, LABELS),
    oneOf(table.reshaped, RESHAPINGS),
    check('processed_images_credits', sql`${table.creditsSaved} between 0 and ${table.credits}`),
  ],
);
