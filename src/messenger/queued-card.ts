/** The card of what stands in line, which a worker may have begun, or ended, by the time that it is shown. */
import type { Database } from '../database/client.ts';
import { rememberCard } from '../photoshoots/draft/remember-card.ts';
import { readPhotoshoot } from '../photoshoots/photoshoot.ts';
import { readLine } from '../photoshoots/run/waiting-line.ts';
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
  const { state, chatId, cardMessageId } = await readPhotoshoot(deps.db, photoshootId);
  if (cardMessageId !== null || (state !== 'queued' && state !== 'generating')) return;
  const screen = await queuedScreen(deps.db, t, photoshootId);
  const { message_id: messageId } = await sendScreen(deps.gateway, chatId, screen, options);
  await rememberCard(deps.db, photoshootId, messageId);
  await showWhatCameMeanwhile(deps, t, photoshootId);
}

/** What such a card says while nobody has begun. */
export async function queuedScreen(db: Database, t: Translate, photoshootId: number): Promise<Screen> {
  const line = await readLine(db);
  const place = line.find((waiting) => waiting.photoshootId === photoshootId)?.place ?? 1;
  return statusCard(t, photoshootId, { stage: 'queued', place });
}

/** Called after a place in line was shown. */
export async function showWhatCameMeanwhile(deps: Deps, t: Translate, photoshootId: number): Promise<void> {
  await showBegunWork(deps, t, photoshootId);
  await dropCardIfOver(deps, photoshootId);
}

/**
 * The run takes the card away when it ends, if there is one by then. Whichever of the two comes second, the
 * card or the end, sees the other.
 */
async function dropCardIfOver(deps: Deps, photoshootId: number): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
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
