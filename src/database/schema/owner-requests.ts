import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { users } from './users.ts';

export const REQUESTED_ACTS = ['gift', 'correct', 'ban', 'message'] as const;
export type RequestedAct = (typeof REQUESTED_ACTS)[number];

/**
 * An act upon a person that an owner has begun in the chat: first its words are asked for, then it is asked whether
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
