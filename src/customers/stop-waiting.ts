import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';
import type { Customer } from './read-customer.ts';

/** What is written where somebody is asked for something else, or for nothing: they are asked for one thing at a time. */
export const NOTHING_AWAITED = {
  describingDraftId: null,
  namingDraftId: null,
  renamingPresetId: null,
  correctingPictureId: null,
  namingPhotoshootId: null,
  writingTicketId: null,
  answeringRequestId: null,
  writingBroadcast: null,
} as const;

/** Whether this person was asked for something that their next words may be. */
export function isAwaited(customer: Pick<Customer, keyof typeof NOTHING_AWAITED>): boolean {
  return (
    customer.describingDraftId !== null ||
    customer.namingDraftId !== null ||
    customer.renamingPresetId !== null ||
    customer.correctingPictureId !== null ||
    customer.namingPhotoshootId !== null ||
    customer.writingTicketId !== null ||
    customer.answeringRequestId !== null ||
    customer.writingBroadcast !== null
  );
}

/** No words are expected any more; a ticket still waits for its message. */
export async function stopExpectingWords(db: Database, userId: number): Promise<void> {
  const { writingTicketId: _, ...words } = NOTHING_AWAITED;
  await db.update(users).set(words).where(eq(users.id, userId));
}

/** Nothing more is expected of this person: their next message is an ordinary one, whatever they had been asked for. */
export async function stopWaiting(db: Database, userId: number): Promise<void> {
  await db.update(users).set(NOTHING_AWAITED).where(eq(users.id, userId));
}
