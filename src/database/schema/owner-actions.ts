import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf } from './columns.ts';

export const OWNER_ACTS = [
  'gift',
  'correct',
  'refund',
  'refund-part',
  'settle',
  'ban',
  'unban',
  'message',
  'answer-ticket',
  'resolve-ticket',
  'retry-update',
  'create-promo',
  'create-link',
  'grant-support',
  'withdraw-support',
  'pause',
  'resume',
  'stop-free-credits',
  'allow-free-credits',
  'begin-weekly-digest',
  'end-weekly-digest',
  'broadcast',
  'set-thresholds',
  'set-limit',
  'arrange-styles',
  'clear-caches',
  'warm-caches',
  'clean-up',
  'sign-in',
] as const;
export type OwnerAct = (typeof OWNER_ACTS)[number];

/** What a value was before an act and is after it, by name: numbers and words of ours. */
export type ActedOn = Readonly<Record<string, string | number | boolean | null>>;

/** What owners and their support did: append-only, each row in the transaction of what it changed. */
export const ownerActions = pgTable(
  'owner_actions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    actorId: bigint('actor_id', { mode: 'number' }).notNull(),
    act: text({ enum: OWNER_ACTS }).notNull(),
    /** Whom it was done to; null for what concerns nobody alone. Refers to nothing: an act outlives its person. */
    userId: bigint('user_id', { mode: 'number' }),
    /** What else it was done to, such as `payment:12`. */
    object: text(),
    /** The actor's own words. */
    reason: text(),
    before: jsonb().$type<ActedOn>(),
    after: jsonb().$type<ActedOn>(),
    createdAt: createdAt(),
  },
  (table) => [
    index('idx_owner_actions_created').on(table.createdAt),
    index('idx_owner_actions_user').on(table.userId, table.createdAt),
    index('idx_owner_actions_actor').on(table.actorId),
    index('idx_owner_actions_worded').on(table.createdAt).where(sql`${table.reason} is not null`),
    oneOf(table.act, OWNER_ACTS),
  ],
);
