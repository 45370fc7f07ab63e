import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
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
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    index('idx_support_tickets_state').on(table.state, table.updatedAt),
    index('idx_support_tickets_user').on(table.userId),
    check('support_tickets_state', sql`${table.state} in ('open', 'in-progress', 'resolved')`),
    check('support_tickets_topic', sql`${table.topic} in ('payment', 'other')`),
  ],
);

export const supportMessages = pgTable(
  'support_messages',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    ticketId: bigint('ticket_id', { mode: 'number' })
      .notNull()
      .references(() => supportTickets.id),
    /** The person's own id, or the admin's. */
    authorId: bigint('author_id', { mode: 'number' }).notNull(),
    body: text().notNull(),
    /** A photo that came with it, as Telegram keeps it. */
    photoFileId: text('photo_file_id'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index('idx_support_messages_ticket').on(table.ticketId, table.createdAt)],
);
