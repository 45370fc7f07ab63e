import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { users } from './users.ts';
import { wordsIn } from './words.ts';

export const PHOTOSHOOT_STATES = [
  'draft',
  'awaiting_payment',
  'queued',
  'generating',
  'completed',
  'cancelled',
  'failed',
  'expired',
] as const;
export type PhotoshootState = (typeof PHOTOSHOOT_STATES)[number];

/** What a photo lacks, the most hindering first; nothing is refused for it. */
export const PHOTO_ADVICE = [
  'several-products',
  'cut-off',
  'person',
  'dark',
  'blurred',
  'tiny',
  'flat',
] as const;
export type PhotoAdvice = (typeof PHOTO_ADVICE)[number];

/** A model that was asked; what was known of the photo before, so that nobody was; or nobody could be, and the house's styles came. */
export const RECOGNISED_BY = ['model', 'known', 'house'] as const;
export type RecognisedBy = (typeof RECOGNISED_BY)[number];

/** How many pixels are asked for; `photoshoots/picture-price.ts` says what each costs. */
export const PICTURE_SIZES = ['usual', 'large'] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

/**
 * One request: photos of one product, the chosen styles, 1–4 pictures. A draft until it is placed.
 * `photoshoots/photoshoot.ts` reads a row into a union that has only what each state knows.
 */
export const photoshoots = pgTable(
  'photoshoots',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    chatId: bigint('chat_id', { mode: 'number' }).notNull(),
    state: text({ enum: PHOTOSHOOT_STATES }).notNull().default('draft'),
    /**
     * What made it, such as `message:<chat>:<message>`, `album:<chat>:<media group>` or `again:<callback>`:
     * the parts of one album meet in one photoshoot, and an update that is handled twice makes one.
     */
    sourceKey: text('source_key').notNull(),
    caption: text(),
    /** The message that shows the draft, later the status, edited in place. */
    cardMessageId: bigint('card_message_id', { mode: 'number' }),

    /** What was recognised; null until the detection has finished. */
    productName: text('product_name'),
    productKind: text('product_kind'),
    recommendedRatio: text('recommended_ratio'),
    isProduct: boolean('is_product'),
    /** Whether its photos show one product; null for a single photo, and where nobody could tell. */
    sameProduct: boolean('same_product'),
    /** Whether the name is the seller's own words, in place of what was recognised. */
    nameGiven: boolean('name_given').notNull().default(false),
    /** What its photos lack; null for nothing, and when the seller uses them anyway. */
    advice: text({ enum: PHOTO_ADVICE }),
    /** Who told what its photos show; null until then, and for a draft that was made of another one. */
    recognisedBy: text('recognised_by', { enum: RECOGNISED_BY }),
    /** Why nothing could be made, when the whole photoshoot failed. */
    failureCode: text('failure_code'),

    ratio: text().notNull(),
    /** Whether the seller named the format: what is recommended no longer changes it. */
    ratioChosen: boolean('ratio_chosen').notNull().default(false),
    size: text({ enum: PICTURE_SIZES }).notNull().default('usual'),
    /**
     * Whether each of its photos shows a product of its own and gets all chosen styles. Only a draft is one: placed,
     * it becomes a photoshoot for each photo.
     */
    isSeries: boolean('is_series').notNull().default(false),
    /** How often other proposals were asked for, and how often they have come. */
    ideasAsked: integer('ideas_asked').notNull().default(0),
    ideasCome: integer('ideas_come').notNull().default(0),
    /** How many pictures the seller asked for, in a series of each photo; null: one for each chosen style. */
    pictureCount: integer('picture_count'),

    /**
     * How often a process began to prepare its photos and did not come to an end of it: it died. 0 after each end,
     * whichever it is (load-photos.ts).
     */
    lostPreparations: integer('lost_preparations').notNull().default(0),

    /** Whether its credits were bought: such photoshoots go before free ones. */
    paid: boolean().notNull().default(false),
    /** Its place in the line, and the priority of its jobs: higher is served first, then by `placed_at`. */
    priority: integer().notNull().default(0),
    /**
     * The fencing token: grows with every worker that takes the photoshoot. Each later write of a worker
     * names its run, so one that was frozen and came back changes nothing.
     */
    run: integer().notNull().default(0),
    leaseUntil: timestamptz('lease_until'),
    cancelRequestedAt: timestamptz('cancel_requested_at'),
    /** Set before an album is sent: a restart that finds it set without file ids says that it may be a repeat. */
    deliveryStartedAt: timestamptz('delivery_started_at'),
    /** The photoshoot that `again` repeats. */
    repeatOf: bigint('repeat_of', { mode: 'number' }),
    /**
     * The picture that it begins with, beside the photos: one that it corrects, or makes another like. Without a
     * reference, because the pictures refer to this table.
     */
    basedOnPictureId: bigint('based_on_picture_id', { mode: 'number' }),

    /** The picture that was not right, which it makes once more for nothing; without a reference for the same reason. */
    redoOfPictureId: bigint('redo_of_picture_id', { mode: 'number' }),

    /** The photoshoot whose product it shows with nothing around it, for its files for marketplaces. */
    cutOutOf: bigint('cut_out_of', { mode: 'number' }),

    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
    placedAt: timestamptz('placed_at'),
    finishedAt: timestamptz('finished_at'),
    /** When what shows the product and its seller's words were dropped, because their time was over. */
    forgottenAt: timestamptz('forgotten_at'),
    /** Null until the seller has been told how it ended. */
    outcomeToldAt: timestamptz('outcome_told_at'),
  },
  (table) => [
    unique('photoshoots_source').on(table.sourceKey),
    index('idx_photoshoots_user_created').on(table.userId, table.createdAt),
    index('idx_photoshoots_open')
      .on(table.state, table.placedAt)
      .where(sql`${table.state} in ('queued', 'generating')`),
    // Who sent a photo in a period is read from the index alone.
    index('idx_photoshoots_created').on(table.createdAt, table.userId),
    index('idx_photoshoots_finished').on(table.finishedAt).where(sql`${table.finishedAt} is not null`),
    // A seller's history, newest first; counted from the index alone.
    index('idx_photoshoots_user_finished')
      .on(table.userId, table.finishedAt, table.id, table.state)
      .where(sql`${table.finishedAt} is not null and ${table.forgottenAt} is null`),
    // What a seller has open, of however many: few at a time.
    index('idx_photoshoots_user_open')
      .on(table.userId)
      .where(sql`${table.state} in ('draft', 'awaiting_payment', 'queued', 'generating')`),
    index('idx_photoshoots_unplaced')
      .on(table.expiresAt)
      .where(sql`${table.state} in ('draft', 'awaiting_payment')`),
    // Whose content is still kept: what is over, and what was never placed.
    index('idx_photoshoots_remembered')
      .on(table.finishedAt)
      .where(sql`${table.finishedAt} is not null and ${table.forgottenAt} is null`),
    index('idx_photoshoots_remembered_drafts')
      .on(table.expiresAt)
      .where(sql`${table.state} = 'expired' and ${table.forgottenAt} is null`),
    index('idx_photoshoots_untold')
      .on(table.id)
      .where(sql`${table.state} in ('completed', 'cancelled', 'failed') and ${table.outcomeToldAt} is null`),
    index('idx_photoshoots_words').using('gin', wordsIn(table.productName, table.productKind)),
    index('idx_photoshoots_cut_out_of').on(table.cutOutOf).where(sql`${table.cutOutOf} is not null`),
    index('idx_photoshoots_unpaid').on(table.id).where(sql`${table.state} = 'awaiting_payment'`),
    oneOf(table.state, PHOTOSHOOT_STATES),
    oneOf(table.size, PICTURE_SIZES),
    oneOf(table.advice, PHOTO_ADVICE),
    oneOf(table.recognisedBy, RECOGNISED_BY),
    check('photoshoots_picture_count', sql`${table.pictureCount} between 1 and 4`),
  ],
);
