import { and, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { supportMessages, supportTickets, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import { recordAct } from '../owners/record-act.ts';
import type { Ticket } from './open-ticket.ts';

export type TicketMessage = { ticketId: number; authorId: number; body: string; photoFileId: string | null };

/**
 * An answer that may be sent twice, as a form is.
 * @param answer.sourceKey the same for each time it is sent
 * @returns the ticket, with the person to be told; null when it was written down before
 * @throws AppError not-found
 */
export async function writeTicketAnswer(
  db: Database,
  { sourceKey, ...message }: TicketMessage & { sourceKey: string },
): Promise<Ticket | null> {
  return db.transaction(async (tx) => {
    // Of two at once the second waits here for the first, and then finds its message.
    await tx
      .select({ id: supportTickets.id })
      .from(supportTickets)
      .where(eq(supportTickets.id, message.ticketId))
      .for('no key update');
    if ((await tx.$count(supportMessages, eq(supportMessages.sourceKey, sourceKey))) > 0) return null;
    return addMessage(tx, { ...message, sourceKey });
  });
}

/**
 * Adds a message to a ticket; its author's next message is an ordinary one again.
 * @returns the ticket, with the person to be told
 * @throws AppError not-found
 */
export async function writeTicketMessage(db: Database, message: TicketMessage): Promise<Ticket> {
  return db.transaction((tx) => addMessage(tx, { ...message, sourceKey: null }));
}

async function addMessage(
  tx: Database,
  message: TicketMessage & { sourceKey: string | null },
): Promise<Ticket> {
  const [ticket] = await tx
    .update(supportTickets)
    .set({
      updatedAt: sql`now()`,
      // An answer of the owners takes the ticket up; a word of the person opens a resolved one again.
      state: sql`case when ${supportTickets.userId} = ${message.authorId}
          then case when ${supportTickets.state} = 'resolved' then 'open' else ${supportTickets.state} end
          else 'in-progress' end`,
    })
    .where(eq(supportTickets.id, message.ticketId))
    .returning();
  if (ticket === undefined) throw new AppError('not-found', 'there is no such ticket');
  await tx.insert(supportMessages).values(message);
  const { authorId: by, ticketId } = message;
  if (by !== ticket.userId)
    await recordAct(tx, { by, act: 'answer-ticket', userId: ticket.userId, object: `ticket:${ticketId}` });
  await tx
    .update(users)
    .set({ writingTicketId: null })
    .where(and(eq(users.id, message.authorId), eq(users.writingTicketId, ticket.id)));
  return ticket;
}

/** This author's next message belongs to the ticket. @throws AppError not-found */
export async function expectTicketMessage(
  db: Database,
  input: { ticketId: number; authorId: number },
): Promise<void> {
  const known = await db.$count(supportTickets, eq(supportTickets.id, input.ticketId));
  if (known === 0) throw new AppError('not-found', 'there is no such ticket');
  await db.update(users).set({ writingTicketId: input.ticketId }).where(eq(users.id, input.authorId));
}

/** @returns the ticket, or null when it had been resolved before */
export async function resolveTicket(
  db: Database,
  { by, ticketId }: { by: number; ticketId: number },
): Promise<Ticket | null> {
  return db.transaction(async (tx) => {
    const [ticket] = await tx
      .update(supportTickets)
      .set({ state: 'resolved', updatedAt: sql`now()` })
      .where(and(eq(supportTickets.id, ticketId), ne(supportTickets.state, 'resolved')))
      .returning();
    if (ticket === undefined) return null;
    await recordAct(tx, { by, act: 'resolve-ticket', userId: ticket.userId, object: `ticket:${ticketId}` });
    return ticket;
  });
}
