import { bigint, index, pgTable } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';
import { users } from './users.ts';

/** What a person asked for with /mydata: a file with all that is kept of them. The job carries this row's id. */
export const dataRequests = pgTable(
  'data_requests',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    /** Set at the last moment before the file leaves: from then on nobody knows, so it is never sent again. */
    departedAt: timestamptz('departed_at'),
    /** When the person had it, or was told that it cannot be known whether they have. */
    endedAt: timestamptz('ended_at'),
  },
  (table) => [index('idx_data_requests_user').on(table.userId, table.createdAt)],
);
