import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';

export const BROADCAST_STATES = ['draft', 'sending', 'paused', 'done', 'cancelled'] as const;
export type BroadcastState = (typeof BROADCAST_STATES)[number];
export const SEGMENTS = ['all', 'buyers', 'inactive', 'language'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** Readers by what became of them; `unknown`: claimed by a process that died. */
type Counts = Readonly<{
  waiting: number;
  sent: number;
  blocked: number;
  failed: number;
  unknown: number;
}>;

/** What owners tell many people at once: to whom, and the same in several languages. */
export const broadcasts = pgTable(
  'broadcasts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    createdBy: bigint('created_by', { mode: 'number' }).notNull(),
    state: text({ enum: BROADCAST_STATES }).notNull().default('draft'),
    segment: text({ enum: SEGMENTS }).notNull().default('all'),
    /** Of the segment `language`: which. */
    language: text(),
    /** By language; a reader without a text in theirs gets the one that stands for all others. */
    texts: jsonb().$type<Readonly<Record<string, string>>>().notNull().default({}),
    /** The owner's message that shows how it goes. */
    cardMessageId: bigint('card_message_id', { mode: 'number' }),
    createdAt: createdAt(),
    /** Until then nobody sends more of it: the pace, over all processes. */
    nextAt: timestamptz('next_at').notNull().defaultNow(),
    endedAt: timestamptz('ended_at'),
    /** Set when it is so long over that its readers' rows go. */
    counts: jsonb().$type<Counts>(),
    /** All of those rows have gone. */
    sweptAt: timestamptz('swept_at'),
  },
  (table) => [
    index('idx_broadcasts_sending').on(table.id).where(sql`${table.state} = 'sending'`),
    index('idx_broadcasts_unswept').on(table.endedAt).where(sql`${table.sweptAt} is null`),
    oneOf(table.state, BROADCAST_STATES),
    oneOf(table.segment, SEGMENTS),
  ],
);
