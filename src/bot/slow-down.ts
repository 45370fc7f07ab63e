import { AppError, isAppError } from '../errors.ts';
import { refuseFullLine } from '../photoshoots/run/waiting-line.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';

/**
 * Keeps one person from flooding everyone: true when this message is passed over in silence. Commands count
 * like any other message, because each of them costs an answer; taps do not. The parts of an album are one
 * message to the person who sends them, and count as one. What Telegram says about money does not come here, and
 * owners and support may be as quick as their work is.
 * @throws AppError too-many-requests for the first message above the limit, so that the person learns of it
 */
export async function refuseIfTooFast(
  deps: Pick<BotDeps, 'rateLimits'>,
  conversation: Conversation,
): Promise<boolean> {
  const { message } = conversation.update;
  if (message === undefined || conversation.role !== null) return false;
  const verdict = await deps.rateLimits.message(
    conversation.userId,
    message.media_group_id ?? String(message.message_id),
  );
  if (verdict.allowed) return false;
  if (!verdict.tellNow) return true;
  const seconds = Math.ceil(verdict.retryAfterMs / 1000);
  throw new AppError('too-many-requests', 'too many messages at once', { details: { seconds } });
}

/**
 * Declines what would stand behind too many others, before anything is charged or sold for it; the owners are told.
 * @param draftId the draft that is to be placed, if it is one
 * @throws AppError line-full
 */
export async function refuseIfLineIsFull(
  { db, longestLine: most, alerts }: Pick<BotDeps, 'db' | 'longestLine' | 'alerts'>,
  { userId, log }: Pick<Conversation, 'userId' | 'log'>,
  draftId: number | null = null,
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

/**
 * Keeps one person's photoshoots within their hourly number.
 * @param order names what is ordered: the same again, such as after a visit to the shop, is the same photoshoot
 * @throws AppError too-many-photoshoots
 */
export async function refuseTooManyPhotoshoots(
  deps: Pick<BotDeps, 'rateLimits'>,
  { userId, order }: Readonly<{ userId: number; order: string }>,
): Promise<void> {
  const verdict = await deps.rateLimits.photoshoot(userId, order);
  if (verdict.allowed) return;
  const minutes = Math.ceil(verdict.retryAfterMs / 60_000);
  throw new AppError('too-many-photoshoots', 'the hourly limit is reached', { details: { minutes } });
}
