import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { users } from './users.ts';

/** What an inviter got for a person they brought: the start once, each purchase once. */
export const referralRewards = pgTable(
  'referral_rewards',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    inviterId: bigint('inviter_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    invitedId: bigint('invited_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    kind: text({ enum: ['start', 'purchase'] }).notNull(),
    /** The payment behind a purchase's reward. */
    paymentId: bigint('payment_id', { mode: 'number' }),
    /** Hundredths of a credit that this earned; whole credits go into the ledger, the rest is carried over. */
    hundredths: integer().notNull(),
    credits: integer().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique('referral_rewards_payment').on(table.paymentId),
    index('idx_referral_rewards_inviter').on(table.inviterId, table.createdAt),
    check('referral_rewards_kind', sql`${table.kind} in ('start', 'purchase')`),
  ],
);

export const PROMO_KINDS = ['credits', 'percent'] as const;

/** A code that gives credits at once, or lowers the price of the next purchase. */
export const promoCodes = pgTable(
  'promo_codes',
  {
    /** As it is typed, in capitals. */
    code: text().primaryKey(),
    kind: text({ enum: PROMO_KINDS }).notNull(),
    /** Credits, or per cent of the price. */
    value: integer().notNull(),
    /** Null: any number of times. */
    maxUses: integer('max_uses'),
    usesPerUser: integer('uses_per_user').notNull().default(1),
    uses: integer().notNull().default(0),
    startsAt: timestamp('starts_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    endsAt: timestamp('ends_at', { withTimezone: true, precision: 3 }),
    createdBy: bigint('created_by', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    check('promo_codes_kind', sql`${table.kind} in ('credits', 'percent')`),
    check(
      'promo_codes_value',
      sql`${table.value} > 0 and (${table.kind} = 'credits' or ${table.value} <= 90)`,
    ),
    check('promo_codes_uses', sql`${table.maxUses} is null or ${table.uses} <= ${table.maxUses}`),
  ],
);

/** One use of a code by one person; a percentage waits here for the next purchase. */
export const promoRedemptions = pgTable(
  'promo_redemptions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    code: text()
      .notNull()
      .references(() => promoCodes.code),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    /** The person's how-manieth use of this code, from 1: two at once meet the same number. */
    number: integer().notNull(),
    /** The message that asked: an update that is handled twice uses the code once. */
    key: text().notNull(),
    /** Of a percentage: when a purchase used it up. */
    usedAt: timestamp('used_at', { withTimezone: true, precision: 3 }),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique('promo_redemptions_number').on(table.code, table.userId, table.number),
    unique('promo_redemptions_key').on(table.key),
    // The discounts that wait for a person's next purchase.
    index('idx_promo_redemptions_unused').on(table.userId).where(sql`${table.usedAt} is null`),
  ],
);

/** A stored start link: what a payload of 64 characters has no room for. */
export const startLinks = pgTable('start_links', {
  code: text().primaryKey(),
  /** The long payload, such as `utm_source=…&ref=…&package=2`. */
  payload: text().notNull(),
  createdBy: bigint('created_by', { mode: 'number' }).notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
});

/** Where a person came from, at their first touch; never changed afterwards. */
export const attributions = pgTable(
  'attributions',
  {
    userId: bigint('user_id', { mode: 'number' })
      .primaryKey()
      .references(() => users.id),
    source: text().notNull(),
    medium: text(),
    campaign: text(),
    content: text(),
    term: text(),
    /** An advertising network's own id of the click, which conversions are uploaded with. */
    clickId: text('click_id'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index('idx_attributions_source').on(table.source, table.campaign)],
);

export const EVENT_KINDS = [
  'start',
  'photo',
  'first-picture',
  'paywall-seen',
  'invoice',
  'paid',
  'second-purchase',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The funnel: what a person did first, or each time, as the key says. */
export const events = pgTable(
  'events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    kind: text({ enum: EVENT_KINDS }).notNull(),
    /** `start:<user>` for what counts once a person, `paid:<payment>` for what counts each time. */
    key: text().notNull(),
    /** Of a payment: its amount and currency. */
    amount: integer(),
    currency: text(),
    /** When it was handed to the analytics endpoint. */
    uploadedAt: timestamp('uploaded_at', { withTimezone: true, precision: 3 }),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique('events_key').on(table.key),
    index('idx_events_kind_created').on(table.kind, table.createdAt),
    index('idx_events_user').on(table.userId),
    check(
      'events_kind',
      sql`${table.kind} in ('start', 'photo', 'first-picture', 'paywall-seen', 'invoice', 'paid', 'second-purchase')`,
    ),
  ],
);
