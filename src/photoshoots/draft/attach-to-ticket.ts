import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Ticket } from '../../support/open-ticket.ts';
import { writeTicketMessage } from '../../support/write-message.ts';
import { readPhotos } from '../read-photoshoot.ts';
import { takeLockedStep } from '../take-step.ts';

export type Attached = { ticket: Ticket; body: string; photoFileIds: string[] };

/**
 * The photos that were held were meant for a ticket: each becomes a message of it, the first with the words that
 * came along, and the draft is dropped, in one transaction.
 * @returns null when the draft is none any more, such as after a first tap
 * @throws AppError not-found
 */
export async function attachToTicket(
  db: Database,
  input: { draftId: number; userId: number; ticketId: number },
): Promise<Attached | null> {
  const { draftId, userId, ticketId } = input;
  return db.transaction(async (tx) => {
    const [draft] = await tx
      .select({ state: photoshoots.state, caption: photoshoots.caption })
      .from(photoshoots)
      .where(and(eq(photoshoots.id, draftId), eq(photoshoots.userId, userId)))
      .for('update');
    if (draft === undefined) throw new AppError('not-found', 'this person has no such draft');
    if (draft.state !== 'draft') return null;
    await takeLockedStep(tx, 'expire', draftId);
    const photoFileIds = (await readPhotos(tx, draftId)).map(({ fileId }) => fileId);
    const body = draft.caption ?? '';
    let ticket: Ticket | null = null;
    for (const [index, photoFileId] of photoFileIds.entries()) {
      const message = { ticketId, authorId: userId, body: index === 0 ? body : '', photoFileId };
      ticket = await writeTicketMessage(tx, message);
    }
    if (ticket === null) throw new Error(`draft ${draftId} has no photo`);
    return { ticket, body, photoFileIds };
  });
}
