/** The card of what stands in line, which a worker may have begun, or ended, by the time that it is shown. */
import type { Database } from '../database/client.ts';
import { rememberCard } from '../photoshoots/draft/remember-card.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { readPlace } from '../photoshoots/run/waiting-line.ts';
import type { Screen } from '../screens/screen.ts';
import { statusCard } from '../screens/status-card.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';
import type { Translate } from '../texts/texts.ts';
import { removeCard, showBegunWork } from './card-in-place.ts';
import { sendScreen } from './send-screen.ts';

type Deps = { db: Database; gateway: Pick<Gateway, 'call'> };

/**
 * Sends a photoshoot that was placed without a card one of its own; one that has a card, or is over, gets none.
 * @throws what the gateway throws, also when the person cannot be written to
 */
export async function sendQueuedCard(
  deps: Deps,
  t: Translate,
  photoshootId: number,
  options: CallOptions = {},
): Promise<void> {
  const { photoshoot, place } = await readPlace(deps.db, photoshootId);
  const { state, chatId, cardMessageId } = photoshoot;
  if (cardMessageId !== null || (state !== 'queued' && state !== 'generating')) return;
  const screen = queuedScreen(t, photoshootId, place);
  const { message_id: messageId } = await sendScreen(deps.gateway, chatId, screen, options);
  await rememberCard(deps.db, photoshootId, messageId);
  await showWhatCameMeanwhile(deps, t, photoshootId);
}

/** What such a card says while nobody has begun. */
export function queuedScreen(t: Translate, photoshootId: number, place: number): Screen {
  return statusCard(t, photoshootId, { stage: 'queued', place });
}

/** Called after a place in line was shown. */
export async function showWhatCameMeanwhile(deps: Deps, t: Translate, photoshootId: number): Promise<void> {
  const photoshoot = await showBegunWork(deps, t, photoshootId);
  const isShown = photoshoot.state === 'generating';
  // It may have ended while its work was shown.
  await dropCardIfOver(deps, isShown ? await readPhotoshoot(deps.db, photoshootId) : photoshoot);
}

/**
 * The run takes the card away when it ends, if there is one by then. Whichever of the two comes second, the
 * card or the end, sees the other.
 * @param photoshoot as it was read after the card was shown last
 */
async function dropCardIfOver(deps: Deps, photoshoot: Photoshoot): Promise<void> {
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
