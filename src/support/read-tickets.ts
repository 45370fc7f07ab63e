import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import {
  supportMessages,
  supportTickets,
  type TicketState,
  type TicketTopic,
  users,
} from '../database/schema/index.ts';
import { within } from '../database/within.ts';
import { AppError } from '../errors.ts';
import { ALWAYS, type Listing, type Rows } from '../owners/page.ts';
import type { Ticket } from './open-ticket.ts';

export type TicketEntry = {
  id: number;
  userId: number;
  firstName: string;
  topic: TicketTopic;
  state: TicketState;
  createdAt: Date;
  updatedAt: Date;
};
export type ThreadMessage = { authorId: number; body: string; photoFileId: string | null; createdAt: Date };

/** The tickets that wait, of everybody or of one person, the one that has waited longest first. */
export async function readOpenTickets(
  db: Database,
  { userId, ...rows }: { userId: number | null } & Rows,
): Promise<TicketEntry[]> {
  return readTickets(db, { userId, states: ['open', 'in-progress'], order: 'oldest', ...rows });
}

/** Tickets in some states by when they last moved, of everybody or of one person. */
export async function readTickets(
  db: Database,
  {
    userId,
    states,
    during = ALWAYS,
    order = 'newest',
    limit,
    offset,
  }: { userId: number | null; states: readonly TicketState[] } & Listing,
): Promise<TicketEntry[]> {
  const inOrder = order === 'newest' ? desc : asc;
  return db
    .select({
      id: supportTickets.id,
      userId: supportTickets.userId,
      firstName: users.firstName,
      topic: supportTickets.topic,
      state: supportTickets.state,
      createdAt: supportTickets.createdAt,
      updatedAt: supportTickets.updatedAt,
    })
    .from(supportTickets)
    .innerJoin(users, eq(users.id, supportTickets.userId))
    .where(
      and(
        isOneOf(supportTickets.state, states),
        userId === null ? undefined : eq(supportTickets.userId, userId),
        within(supportTickets.updatedAt, during),
      ),
    )
    .orderBy(inOrder(supportTickets.updatedAt), inOrder(supportTickets.id))
    .limit(limit)
    .offset(offset);
}

/** The ticket, whatever its state. @throws AppError not-found */
export async function readTicket(db: Database, ticketId: number): Promise<Ticket> {
  const [ticket] = await db.select().from(supportTickets).where(eq(supportTickets.id, ticketId));
  if (ticket === undefined) throw new AppError('not-found', 'there is no such ticket');
  return ticket;
}

/** The newest messages of a ticket, oldest of them first. */
export async function readThread(db: Database, ticketId: number, limit: number): Promise<ThreadMessage[]> {
  const newest = await db
    .select({
      authorId: supportMessages.authorId,
      body: supportMessages.body,
      photoFileId: supportMessages.photoFileId,
      createdAt: supportMessages.createdAt,
    })
    .from(supportMessages)
    .where(eq(supportMessages.ticketId, ticketId))
    .orderBy(desc(supportMessages.id))
    .limit(limit);
  return newest.reverse();
}
