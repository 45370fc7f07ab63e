/** Somebody wants all that is kept of them as a file: asked for in the chat, made and sent by a job. */
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { dataRequests, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import type { Queue } from '../queue/queue.ts';

/** A file reads everything of a person, so one an hour. */
const ONCE_MS = 3_600_000;

export type DataRequest = typeof dataRequests.$inferSelect;

/** @throws AppError data-too-soon while the last file is less than an hour old */
export async function requestData(
  { db, queue }: { db: Database; queue: Pick<Queue, 'enqueue'> },
  userId: number,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    // One person's requests stand in line, so of two taps the second one sees the first.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
    const [last] = await tx
      .select({ createdAt: dataRequests.createdAt })
      .from(dataRequests)
      .where(eq(dataRequests.userId, userId))
      .orderBy(desc(dataRequests.createdAt))
      .limit(1);
    const waitMs = last === undefined ? 0 : last.createdAt.getTime() + ONCE_MS - now.getTime();
    if (waitMs > 0) {
      const minutes = Math.ceil(waitMs / 60_000);
      throw new AppError('data-too-soon', 'the last file is less than an hour old', { details: { minutes } });
    }
    const [request] = await tx
      .insert(dataRequests)
      .values({ userId, createdAt: now })
      .returning({ id: dataRequests.id });
    if (request === undefined) throw new Error('an insert gave no row');
    await queue.enqueue(tx, 'send-data', { dataRequestId: request.id });
  });
}

/** Null for one that was dropped meanwhile, with its person or because its time was over. */
export async function readDataRequest(db: Database, id: number): Promise<DataRequest | null> {
  const [request] = await db.select().from(dataRequests).where(eq(dataRequests.id, id));
  return request ?? null;
}

/** Said at the last moment before the file leaves. @returns false when somebody has said it before */
export async function markDeparted(db: Database, id: number): Promise<boolean> {
  const departed = await db
    .update(dataRequests)
    .set({ departedAt: new Date() })
    .where(and(eq(dataRequests.id, id), isNull(dataRequests.departedAt)))
    .returning({ id: dataRequests.id });
  return departed.length > 0;
}

/** It is known not to have left: the next try sends it. */
export async function takeBackDeparture(db: Database, id: number): Promise<void> {
  await db.update(dataRequests).set({ departedAt: null }).where(eq(dataRequests.id, id));
}

export async function endDataRequest(db: Database, id: number): Promise<void> {
  await db.update(dataRequests).set({ endedAt: new Date() }).where(eq(dataRequests.id, id));
}

/**
 * Nobody can tell whether the file arrived, or it could not be sent: it is dropped, so that another one can be asked
 * for at once.
 * @param which `unsure`: only where it had left and no end is known
 */
export async function dropDataRequest(db: Database, id: number, which: 'unsure' | 'hopeless'): Promise<void> {
  await db
    .delete(dataRequests)
    .where(
      and(
        eq(dataRequests.id, id),
        isNull(dataRequests.endedAt),
        which === 'unsure' ? isNotNull(dataRequests.departedAt) : undefined,
      ),
    );
}
