import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { payments } from './payments.ts';
import { users } from './users.ts';

/** What is asked for on a person's card. */
export const PERSON_ACTS = ['gift', 'correct', 'ban', 'message'] as const;
export type PersonAct = (typeof PERSON_ACTS)[number];

/** These, and what is asked for at one of their payments. */
export const REQUESTED_ACTS = [...PERSON_ACTS, 'refund-part'] as const;
export type RequestedAct = (typeof REQUESTED_ACTS)[number];

/**
 * An act upon a person that an owner has begun: first its words are asked for, then it is asked whether
 * it is meant, then it is done. Its id is the key of what it moves, so two taps on “Yes” do it once.
 */
export const ownerRequests = pgTable(
  'owner_requests',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    askedBy: bigint('asked_by', { mode: 'number' }).notNull(),
    act: text({ enum: REQUESTED_ACTS }).notNull(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    /** Of a gift and a correction: how many, below zero for what is taken. Null until the words are there. */
    credits: integer(),
    /** Of a refund of a part: of which payment, and how much, in the currency's smallest unit. */
    paymentId: bigint('payment_id', { mode: 'number' }).references(() => payments.id),
    amount: integer(),
    /** The reason, or what is said to the person. */
    words: text(),
    createdAt: createdAt(),
    /** Set by whoever does it. */
    doneAt: timestamptz('done_at'),
    /** The person has heard of it, or could not be told and the owner knows. */
    toldAt: timestamptz('told_at'),
  },
  (table) => [
    index('idx_owner_requests_created').on(table.createdAt),
    index('idx_owner_requests_user').on(table.userId),
    oneOf(table.act, REQUESTED_ACTS),
  ],
);
