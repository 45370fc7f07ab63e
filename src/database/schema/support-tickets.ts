import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { users } from './users.ts';

export const TICKET_STATES = ['open', 'in-progress', 'resolved'] as const;
export type TicketState = (typeof TICKET_STATES)[number];
export const TICKET_TOPICS = ['payment', 'other'] as const;
export type TicketTopic = (typeof TICKET_TOPICS)[number];

/** A conversation between a person and the owners. */
export const supportTickets = pgTable(
  'support_tickets',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    topic: text({ enum: TICKET_TOPICS }).notNull(),
    state: text({ enum: TICKET_STATES }).notNull().default('open'),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('idx_support_tickets_state').on(table.state, table.updatedAt),
    index('idx_support_tickets_created').on(table.createdAt),
    index('idx_support_tickets_user').on(table.userId),
    oneOf(table.state, TICKET_STATES),
    oneOf(table.topic, TICKET_TOPICS),
  ],
);
