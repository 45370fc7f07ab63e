/** What stands before every order, whichever key it comes from. */
import { AppError, isAppError } from '../errors.ts';
import { namesOf, type Request, readBeforePlacing } from '../photoshoots/draft/find-placed.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { readPlace, refuseFullLine } from '../photoshoots/run/waiting-line.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';
import { showPlaced, showQueued, showSeries } from './placed-card.ts';

/**
 * Does the placing of one order: one at a time for each person, not behind too long a line, and within their hourly
 * number. What is declined is declined before anything is charged or sold for it. A request that was placed already,
 * as by a tap that is delivered twice, is answered with what came of it, and held against no limit.
 * @param request what is ordered: the same again, such as after a visit to the shop, is counted once
 * @param place places it, and refuses what was placed before
 * @throws AppError already-placed, line-full, too-many-photoshoots; what `place` throws
 */
export async function placeWithinLimits(
  deps: BotDeps,
  conversation: Conversation,
  request: Request,
  place: () => Promise<void>,
): Promise<void> {
  const { userId } = conversation;
  await oneAtATime(deps, conversation, async () => {
    const { placed, waiting } = await readBeforePlacing(deps.db, { userId, request });
    if (placed !== null && (await showsWhatIsPlaced(deps, conversation, placed))) return;
    if (placed === null) {
      const orders = namesOf(request);
      refuseIfLineIsFull(deps, conversation, { waiting, places: orders.length });
      for (const order of orders) await refuseTooManyPhotoshoots(deps, { userId, order });
    }
    await place();
  });
}

/**
 * What stands in line is shown so, once more or because whoever placed it died before.
 * @returns whether that is all there is to say: its card is new
 */
async function showsWhatIsPlaced(
  deps: BotDeps,
  conversation: Conversation,
  { id, state, cardMessageId }: Photoshoot,
): Promise<boolean> {
  if (cardMessageId !== null) {
    if (state === 'queued') await showQueued(deps, conversation, await readPlace(deps.db, id));
    await showSeries(deps, conversation, id);
    return false;
  }
  if (state !== 'queued' && state !== 'generating') return false;
  await showPlaced(deps, conversation, id);
  return true;
}

/** Declines what would stand behind too many others; the owners are told. @throws AppError line-full */
function refuseIfLineIsFull(
  { longestLine: most, alerts }: Pick<BotDeps, 'longestLine' | 'alerts'>,
  { log }: Pick<Conversation, 'log'>,
  ask: Readonly<{ waiting: number; places: number }>,
): void {
  try {
    refuseFullLine({ ...ask, most });
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
