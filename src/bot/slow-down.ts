import { AppError } from '../errors.ts';
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
