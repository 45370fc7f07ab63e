import { bigint, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { supportTickets } from './support-tickets.ts';

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
    /** What asked for it, where that may ask twice: a form that is sent again adds no second message. */
    sourceKey: text('source_key'),
    createdAt: createdAt(),
  },
  (table) => [
    index('idx_support_messages_ticket').on(table.ticketId, table.createdAt),
    index('idx_support_messages_author').on(table.authorId),
    unique('support_messages_source').on(table.sourceKey),
  ],
);
