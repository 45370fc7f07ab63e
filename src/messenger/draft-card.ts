import type { Database } from '../database/client.ts';
import { type Photoshoot, readPhotoshoot, readStyles } from '../photoshoots/photoshoot.ts';
import { draftCard } from '../screens/draft-card.ts';
import type { Screen } from '../screens/screen.ts';
import { isBlocked, isMessageGone } from '../telegram/errors.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Translate } from '../texts/texts.ts';
import { editScreen } from './edit-screen.ts';

type Deps = { db: Database; gateway: Pick<Gateway, 'call'> };

/**
 * Brings a draft's card up to date with its rows. Both the handler that sends the card and the detection
 * that fills it call this when they are done, so the one that ends last shows the whole.
 */
export async function showDraft(deps: Deps, t: Translate, photoshootId: number): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  const screen = await screenOf(deps.db, t, photoshoot);
  if (screen !== null) await editCard(deps, photoshoot, screen);
}

/** Replaces what the card of a photoshoot shows; one without a card yet gets it from its handler. */
export async function editCard(
  deps: Pick<Deps, 'gateway'>,
  photoshoot: Pick<Photoshoot, 'chatId' | 'cardMessageId'>,
  screen: Screen,
): Promise<void> {
  if (photoshoot.cardMessageId === null) return;
  try {
    const { chatId, cardMessageId: messageId } = photoshoot;
    await editScreen(deps.gateway, { chatId, messageId }, screen);
  } catch (error) {
    if (!isBlocked(error)) throw error;
  }
}

/**
 * Takes the card of a photoshoot away; one that the person has deleted is gone already.
 * @throws what else the gateway throws, also when the person cannot be written to
 */
export async function removeCard(
  deps: Pick<Deps, 'gateway'>,
  photoshoot: Pick<Photoshoot, 'chatId' | 'cardMessageId'>,
): Promise<void> {
  if (photoshoot.cardMessageId === null) return;
  const message = { chat_id: photoshoot.chatId, message_id: photoshoot.cardMessageId };
  try {
    await deps.gateway.call('deleteMessage', message);
  } catch (error) {
    if (!isMessageGone(error)) throw error;
  }
}

/** What the card shows before anything is placed; null where it is not the draft's to show. */
async function screenOf(db: Database, t: Translate, photoshoot: Photoshoot): Promise<Screen | null> {
  switch (photoshoot.state) {
    case 'draft':
      if (photoshoot.expiresAt <= new Date()) return { text: t('card-expired'), keyboard: [] };
      if (photoshoot.product === null) return null;
      return draftCard(t, photoshoot, await readStyles(db, photoshoot.id));
    case 'failed':
      return { text: t(`error-${photoshoot.failureCode}`), keyboard: [] };
    case 'expired':
      return { text: t('card-expired'), keyboard: [] };
    case 'awaiting_payment':
    case 'queued':
    case 'generating':
    case 'completed':
    case 'cancelled':
      return null;
    default: {
      const never: never = photoshoot;
      throw new Error(`unknown photoshoot ${String(never)}`);
    }
  }
}
