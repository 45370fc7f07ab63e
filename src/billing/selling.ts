/** What the admins are told once, until it is over: the database remembers, for all processes together. */
import { and, inArray, lte } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { notices } from '../database/schema/index.ts';

/** Why the provider does no work for us, as its notices are named: each waits for a person. */
export const PAUSE_REASONS = ['quota', 'key', 'model'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const pauseNotice = (reason: PauseReason) => `provider-${reason}` as const;

/** True from the moment at which the admins were told that the provider does no work, until it does again. */
export async function isProviderPaused(db: Database): Promise<boolean> {
  return (await db.$count(notices, isPause)) > 0;
}

const isPause = inArray(notices.key, PAUSE_REASONS.map(pauseNotice));

/** @returns true for the one caller who should tell it */
export async function raiseNotice(db: Database, key: string): Promise<boolean> {
  const raised = await db
    .insert(notices)
    // By the clock that calls are measured with.
    .values({ key, createdAt: new Date() })
    .onConflictDoNothing()
    .returning({ key: notices.key });
  return raised.length > 0;
}

/**
 * A call to the provider has succeeded, so it works for us, whatever the reason of the pause was. One that began
 * before the pause proves nothing: a stream outlives the quota that it was begun with.
 * @returns true for the one caller who should tell that it is over
 */
export async function clearPause(db: Database, callBegan: Date): Promise<boolean> {
  const cleared = await db
    .delete(notices)
    .where(and(isPause, lte(notices.createdAt, callBegan)))
    .returning({ key: notices.key });
  return cleared.length > 0;
}
