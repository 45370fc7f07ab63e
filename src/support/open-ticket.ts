import { and, desc, eq, ne } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { supportTickets, type TicketTopic, users } from '../database/schema/index.ts';

export type Ticket = typeof supportTickets.$inferSelect;

/**
 * The person's ticket on this topic: the one that is still open, or a new one. Their next message belongs to
 * it. However often it is asked for, there is one.
 */
export async function openTicket(
  db: Database,
  input: { userId: number; topic: TicketTopic },
): Promise<{ ticketId: number; isNew: boolean }> {
  return db.transaction(async (tx) => {
    // The person's row is the lock that keeps two taps from opening two tickets.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, input.userId)).for('no key update');
    const [open] = await tx
      .select({ id: supportTickets.id })
      .from(supportTickets)
      .where(
        and(
          eq(supportTickets.userId, input.userId),
          eq(supportTickets.topic, input.topic),
          ne(supportTickets.state, 'resolved'),
        ),
      )
      .orderBy(desc(supportTickets.id))
      .limit(1);
    const [created] = open === undefined ? await tx.insert(supportTickets).values(input).returning() : [];
    const ticketId = open?.id ?? created?.id;
    if (ticketId === undefined) throw new Error('a ticket could not be opened');
    await tx.update(users).set({ writingTicketId: ticketId }).where(eq(users.id, input.userId));
    return { ticketId, isNew: open === undefined };
  });
}
