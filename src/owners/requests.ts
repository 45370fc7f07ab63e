/** An act upon a person on its way: begun by a key, given its words, and done once (schema/owner-requests). */
import { and, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { ownerRequests, type PersonAct, type RequestedAct, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';

export type OwnerRequest = typeof ownerRequests.$inferSelect;
/** One that is asked for on a person's card. */
export type PersonRequest = OwnerRequest & { act: PersonAct };
/** One that has its words. */
export type DoneRequest = OwnerRequest & { words: string };

/** What is asked for, upon whom; of a refund of a part, of which payment. */
type Asked = { userId: number } & (
  | { act: PersonAct; paymentId?: never }
  | { act: Exclude<RequestedAct, PersonAct>; paymentId: number }
);

export type RequestWords = {
  /** Of a gift and a correction, at most `MOST_CREDITS`; null for the others. */
  credits: number | null;
  /** Of a refund of a part, in the currency's smallest unit. */
  amount?: number;
  words: string;
};

/** Credits of one gift or correction. */
export const MOST_CREDITS = 10_000;
/** Leaves room for the sentence around it in a message of 4096 characters. */
export const LONGEST_WORDS = 500;

/** The owner's next message is its words. @throws AppError not-found for nobody we know */
export async function beginRequest(
  db: Database,
  { by, ...request }: { by: number } & Asked,
): Promise<number> {
  return db.transaction(async (tx) => {
    if ((await tx.$count(users, eq(users.id, request.userId))) === 0)
      throw new AppError('not-found', 'there is no such person');
    const [begun] = await tx
      .insert(ownerRequests)
      .values({ askedBy: by, ...request })
      .returning({ id: ownerRequests.id });
    if (begun === undefined) throw new Error('a request could not be written down');
    await tx.update(users).set({ answeringRequestId: begun.id }).where(eq(users.id, by));
    return begun.id;
  });
}

/**
 * A request that has its words already, as a form has: it waits for the one question alone.
 * @throws AppError not-found for nobody we know
 */
export async function writeRequest(
  db: Database,
  { by, ...request }: { by: number } & Asked & RequestWords,
): Promise<number> {
  const id = await db.transaction(async (tx) => {
    if ((await tx.$count(users, eq(users.id, request.userId))) === 0)
      throw new AppError('not-found', 'there is no such person');
    const [written] = await tx
      .insert(ownerRequests)
      .values({ askedBy: by, ...request })
      .returning({ id: ownerRequests.id });
    return written?.id;
  });
  if (id === undefined) throw new Error('a request could not be written down');
  return id;
}

/** The owner's own request that is not done yet, or null. */
export async function readRequest(
  db: Database,
  { requestId, by }: { requestId: number; by: number },
): Promise<OwnerRequest | null> {
  const [request] = await db.select().from(ownerRequests).where(isOpen(requestId, by));
  return request ?? null;
}

/** Gives a request its words; the owner's next message is an ordinary one again. */
export async function answerRequest(
  db: Database,
  { requestId, by, ...words }: { requestId: number; by: number } & RequestWords,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(ownerRequests).set(words).where(isOpen(requestId, by));
    await tx
      .update(users)
      .set({ answeringRequestId: null })
      .where(and(eq(users.id, by), eq(users.answeringRequestId, requestId)));
  });
}

/**
 * Takes a request to be done, once: call it in the transaction of what it asks for.
 * @throws AppError already-done for one that was done, or has no words yet
 */
export async function claimRequest(
  tx: Database,
  { requestId, by }: { requestId: number; by: number },
): Promise<DoneRequest> {
  const [request] = await tx
    .update(ownerRequests)
    .set({ doneAt: new Date() })
    .where(and(isOpen(requestId, by), isNotNull(ownerRequests.words)))
    .returning();
  if (request === undefined || request.words === null)
    throw new AppError('already-done', 'this request was done before, or is nobody’s');
  return { ...request, words: request.words };
}

/**
 * One that was done by a process that died before its person was told; null where nothing is left to be said.
 * @param asked.doneBefore for one that was done later, somebody may still be about to tell
 */
export async function readUntold(
  db: Database,
  { requestId, by, doneBefore }: { requestId: number; by: number; doneBefore: Date },
): Promise<DoneRequest | null> {
  const [request] = await db
    .select()
    .from(ownerRequests)
    .where(
      and(
        eq(ownerRequests.id, requestId),
        eq(ownerRequests.askedBy, by),
        lte(ownerRequests.doneAt, doneBefore),
        isNull(ownerRequests.toldAt),
      ),
    );
  return request === undefined || request.words === null ? null : { ...request, words: request.words };
}

/** Nothing is left to be said of it. */
export async function markRequestTold(db: Database, requestId: number): Promise<void> {
  await db.update(ownerRequests).set({ toldAt: new Date() }).where(eq(ownerRequests.id, requestId));
}

function isOpen(requestId: number, by: number) {
  return and(eq(ownerRequests.id, requestId), eq(ownerRequests.askedBy, by), isNull(ownerRequests.doneAt));
}
