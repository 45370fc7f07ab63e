import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { broadcasts } from './broadcasts.ts';
import { oneOf } from './columns.ts';
import { users } from './users.ts';

/** `claimed`: about to leave, or left by a process that died; nobody knows, so it is never sent again. */
export const READER_STATES = ['waiting', 'claimed', 'sent', 'blocked', 'failed'] as const;
export type ReaderState = (typeof READER_STATES)[number];

/** Who reads a broadcast: fixed when it begins, each once. */
export const broadcastReaders = pgTable(
  'broadcast_readers',
  {
    broadcastId: bigint('broadcast_id', { mode: 'number' })
      .notNull()
      .references(() => broadcasts.id),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    state: text({ enum: READER_STATES }).notNull().default('waiting'),
  },
  (table) => [
    primaryKey({ columns: [table.broadcastId, table.userId] }),
    index('idx_broadcast_readers_user').on(table.userId),
    index('idx_broadcast_readers_waiting')
      .on(table.broadcastId, table.userId)
      .where(sql`${table.state} = 'waiting'`),
    oneOf(table.state, READER_STATES),
  ],
);
