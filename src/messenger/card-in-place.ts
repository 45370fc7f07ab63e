/** The card of a photoshoot: one message that is edited in place for as long as there is something to show. */
import type { Database } from '../database/client.ts';
import {
  type Draft,
  type Photoshoot,
  readPhotos,
  readPhotoshoot,
  readStyles,
} from '../photoshoots/photoshoot.ts';
import { draftCard } from '../screens/draft-card.ts';
import type { Screen } from '../screens/screen.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';
import type { Translate } from '../texts/texts.ts';
import { editScreen } from './edit-screen.ts';
import { reachPerson } from './reach-person.ts';
import { removeMessage } from './remove-message.ts';

type Deps = { db: Database; gateway: Pick<Gateway, 'call'> };
type Card = Pick<Photoshoot, 'userId' | 'chatId' | 'cardMessageId'>;

/**
 * Brings a draft's card up to date with its rows. Both the handler that sends the card and the detection
 * that fills it call this when they are done, so the one that ends last shows the whole.
 */
export async function showDraft(deps: Deps, t: Translate, photoshootId: number): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  const screen = await screenOf(deps.db, t, photoshoot);
  if (screen !== null) await editCard(deps, photoshoot, screen);
}

/**
 * Replaces what the card of a photoshoot shows; one without a card yet gets it from its handler. That nobody
 * can be shown it stops nothing.
 */
export async function editCard(deps: Deps, card: Card, screen: Screen): Promise<void> {
  const { userId, chatId, cardMessageId: messageId } = card;
  if (messageId === null) return;
  await reachPerson(deps.db, userId, () => editScreen(deps.gateway, { chatId, messageId }, screen));
}

/**
 * Takes the card of a photoshoot away; one that the person has deleted is gone already.
 * @throws what else the gateway throws, also when the person cannot be written to
 */
export async function removeCard(
  deps: Pick<Deps, 'gateway'>,
  { chatId, cardMessageId: messageId }: Omit<Card, 'userId'>,
  options: CallOptions = {},
): Promise<void> {
  if (messageId !== null) await removeMessage(deps.gateway, { chatId, messageId }, options);
}

/** The card of a draft as its rows are now. */
export async function draftScreen(db: Database, t: Translate, draft: Draft): Promise<Screen> {
  const [styles, photos] = await Promise.all([readStyles(db, draft.id), readPhotos(db, draft.id)]);
  return draftCard(t, draft, styles, photos.length);
}

/** What the card shows before anything is placed; null where it is not the draft's to show. */
async function screenOf(db: Database, t: Translate, photoshoot: Photoshoot): Promise<Screen | null> {
  switch (photoshoot.state) {
    case 'draft':
      if (photoshoot.expiresAt <= new Date()) return { text: t('card-expired'), keyboard: [] };
      if (photoshoot.product === null) return null;
      return draftScreen(db, t, photoshoot);
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
