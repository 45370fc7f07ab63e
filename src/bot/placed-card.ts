/** The card of what has just been placed, which a worker may have begun, or ended, by the time that it is shown. */
import { removeCard, showBegunWork } from '../messenger/card-in-place.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { moveCard, rememberCard } from '../photoshoots/draft/remember-card.ts';
import { type Photoshoot, readPhotoshoot } from '../photoshoots/photoshoot.ts';
import { readPlace } from '../photoshoots/run/waiting-line.ts';
import type { Screen } from '../screens/screen.ts';
import { statusCard } from '../screens/status-card.ts';
import { TelegramRefused, TelegramUnreachable } from '../telegram/errors.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';

/** Shows in the card that was tapped that its draft stands in line. */
export async function showQueued(
  deps: BotDeps,
  conversation: Conversation,
  photoshootId: number,
): Promise<void> {
  const { photoshoot, place } = await readPlace(deps.db, photoshootId);
  // A worker may have it already, and then tells more than this would.
  if (photoshoot.state !== 'queued') return;
  await inPassing(deps, conversation, photoshootId, async () => {
    const cardId = await conversation.show(queuedScreen(conversation, photoshootId, place));
    if (cardId !== photoshoot.cardMessageId) await moveCard(deps.db, photoshootId, cardId);
    await showWhatCameMeanwhile(deps, conversation, photoshootId);
  });
}

/** Shows in a card of its own what a tap has placed at once. */
export async function showPlaced(
  deps: BotDeps,
  conversation: Conversation,
  photoshootId: number,
): Promise<void> {
  await conversation.answer(conversation.t('again-placed'));
  await inPassing(deps, conversation, photoshootId, async () => {
    const { place } = await readPlace(deps.db, photoshootId);
    const card = await conversation.send(queuedScreen(conversation, photoshootId, place));
    await rememberCard(deps.db, photoshootId, card.message_id);
    await showWhatCameMeanwhile(deps, conversation, photoshootId);
  });
}

/** What has been done is done: that Telegram does not show it now is no reason to say that it failed. */
export async function inPassing(
  deps: BotDeps,
  { userId, log }: Conversation,
  photoshootId: number,
  tell: () => Promise<void>,
): Promise<void> {
  try {
    await reachPerson(deps.db, userId, tell);
  } catch (error) {
    if (!(error instanceof TelegramUnreachable || error instanceof TelegramRefused)) throw error;
    log.warn({ err: error, photoshootId }, 'a seller could not be shown what became of a photoshoot');
  }
}

async function showWhatCameMeanwhile(
  deps: BotDeps,
  conversation: Conversation,
  photoshootId: number,
): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  await showBegunWork(deps, conversation.t, photoshoot);
  const isShown = photoshoot.state === 'generating';
  // It may have ended while its work was shown.
  await dropCardIfOver(deps, isShown ? await readPhotoshoot(deps.db, photoshootId) : photoshoot);
}

/**
 * The run takes the card away when it ends, if there is one by then. Whichever of the two comes second, the
 * card or the end, sees the other.
 * @param photoshoot as it was read after the card was shown last
 */
async function dropCardIfOver(deps: BotDeps, photoshoot: Photoshoot): Promise<void> {
  switch (photoshoot.state) {
    case 'draft':
    case 'awaiting_payment':
    case 'queued':
    case 'generating':
      return;
    // Cancelled while it waited, the card itself says so.
    case 'cancelled':
      if (photoshoot.outcomeTold) return;
      return removeCard(deps, photoshoot);
    case 'completed':
    case 'failed':
    case 'expired':
      return removeCard(deps, photoshoot);
    default: {
      const never: never = photoshoot;
      throw new Error(`unknown photoshoot ${String(never)}`);
    }
  }
}

function queuedScreen({ t }: Conversation, photoshootId: number, place: number): Screen {
  return statusCard(t, photoshootId, { stage: 'queued', place });
}
