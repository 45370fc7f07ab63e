/** What stands before every order, whichever key it comes from. */
import { AppError, isAppError } from '../errors.ts';
import { refuseFullLine } from '../photoshoots/run/waiting-line.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import { callbackIdOf } from './tap.ts';

/**
 * Does the placing of one order: one at a time for each person, not behind too long a line, and within their hourly
 * number. What is declined is declined before anything is charged or sold for it.
 * @param ask.order names what is ordered: the same again, such as after a visit to the shop, is counted once
 * @param ask.draftId the draft that is to be placed, if it is one: where it stands in the line already, it is let through
 * @throws AppError already-placed, line-full, too-many-photoshoots; what `place` throws
 */
export async function placeWithinLimits(
  deps: BotDeps,
  conversation: Conversation,
  { order, draftId = null }: Readonly<{ order: string; draftId?: number | null }>,
  place: () => Promise<void>,
): Promise<void> {
  await oneAtATime(deps, conversation, async () => {
    await refuseIfLineIsFull(deps, conversation, draftId);
    await refuseTooManyPhotoshoots(deps, { userId: conversation.userId, order });
    await place();
  });
}

/** The order of a key that orders anew with every tap. */
export function orderOfTap(conversation: Conversation): string {
  return `tap:${callbackIdOf(conversation)}`;
}

/** Declines what would stand behind too many others; the owners are told. @throws AppError line-full */
async function refuseIfLineIsFull(
  { db, longestLine: most, alerts }: Pick<BotDeps, 'db' | 'longestLine' | 'alerts'>,
  { userId, log }: Pick<Conversation, 'userId' | 'log'>,
  draftId: number | null,
): Promise<void> {
  try {
    await refuseFullLine(db, { userId, draftId, most });
  } catch (error) {
    if (!isAppError(error, 'line-full')) throw error;
    log.warn(error.details, 'a photoshoot is declined: the line is full');
    // Whoever tapped waits for an answer, and not for the owners'.
    alerts.raise('line-full', error.details).catch((failure: unknown) => {
      log.error({ err: failure }, 'the owners could not be told that the line is full');
    });
    throw error;
  }
}

/** Keeps one person's photoshoots within their hourly number. @throws AppError too-many-photoshoots */
async function refuseTooManyPhotoshoots(
  deps: Pick<BotDeps, 'rateLimits'>,
  { userId, order }: Readonly<{ userId: number; order: string }>,
): Promise<void> {
  const verdict = await deps.rateLimits.photoshoot(userId, order);
  if (verdict.allowed) return;
  const minutes = Math.ceil(verdict.retryAfterMs / 60_000);
  throw new AppError('too-many-photoshoots', 'the hourly limit is reached', { details: { minutes } });
}

/** An impatient second tap is told so at once, instead of waiting for the first one's transaction. */
async function oneAtATime(
  deps: BotDeps,
  conversation: Conversation,
  work: () => Promise<void>,
): Promise<void> {
  const release = await deps.userLocks.tryAcquire(conversation.userId);
  if (release === 'busy') throw new AppError('already-placed', 'an order of this person is being placed');
  try {
    await work();
  } finally {
    release();
  }
}
