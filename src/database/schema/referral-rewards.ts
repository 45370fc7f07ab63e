import { bigint, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf } from './columns.ts';
import { users } from './users.ts';

const REFERRAL_REWARD_KINDS = ['start', 'purchase'] as const;

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
    kind: text({ enum: REFERRAL_REWARD_KINDS }).notNull(),
    /** The payment behind a purchase's reward. */
    paymentId: bigint('payment_id', { mode: 'number' }),
    /** Hundredths of a credit that this earned; whole credits go into the ledger, the rest is carried over. */
    hundredths: integer().notNull(),
    credits: integer().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('referral_rewards_payment').on(table.paymentId),
    index('idx_referral_rewards_inviter').on(table.inviterId, table.createdAt),
    index('idx_referral_rewards_invited').on(table.invitedId),
    oneOf(table.kind, REFERRAL_REWARD_KINDS),
  ],
);
