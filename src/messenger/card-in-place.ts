/** The card of a photoshoot: one message that is edited in place for as long as there is something to show. */
import type { Abilities } from '../ai/models.ts';
import type { Database } from '../database/client.ts';
import { moveCard } from '../photoshoots/draft/remember-card.ts';
import { readAlbumOf } from '../photoshoots/history.ts';
import { readCostOfNext } from '../photoshoots/likeness.ts';
import type { Draft, Photoshoot } from '../photoshoots/photoshoot.ts';
import { type Card, readCard } from '../photoshoots/read-photoshoot.ts';
import { readStage } from '../photoshoots/run/read-stage.ts';
import { correctionCard } from '../screens/correction-card.ts';
import { draftCard } from '../screens/draft-card.ts';
import type { Screen } from '../screens/screen.ts';
import { statusCard } from '../screens/status-card.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';
import type { Translate } from '../texts/texts.ts';
import { editScreen } from './edit-screen.ts';
import { reachPerson } from './reach-person.ts';
import { removeMessage } from './remove-message.ts';

type Deps = { db: Database; gateway: Pick<Gateway, 'call'> };
type DraftDeps = { db: Database; abilities: Abilities };
type CardMessage = Pick<Photoshoot, 'userId' | 'chatId' | 'cardMessageId'>;

/**
 * Brings a draft's card up to date with its rows. Both the handler that sends the card and the detection
 * that fills it call this when they are done, so the one that ends last shows the whole.
 */
export async function showDraft(deps: Deps & DraftDeps, t: Translate, photoshootId: number): Promise<void> {
  const card = await readCard(deps.db, photoshootId);
  const screen = await screenOf(deps, t, card);
  if (screen !== null) await editCard(deps, card.photoshoot, screen);
}

/**
 * Replaces what the card of a photoshoot shows; one without a card yet gets it from its handler. That nobody
 * can be shown it stops nothing.
 */
export async function editCard(deps: Deps, card: CardMessage, screen: Screen): Promise<void> {
  const { userId, chatId, cardMessageId: messageId } = card;
  if (messageId === null) return;
  await reachPerson(deps.db, userId, () => editScreen(deps.gateway, { chatId, messageId }, screen));
}

/**
 * Called after a place in line was shown: the work may have begun while that was under way, and what it said was
 * overwritten. Then the card is told what is true.
 * @returns the photoshoot as it was read after its place was shown
 */
export async function showBegunWork(deps: Deps, t: Translate, photoshootId: number): Promise<Photoshoot> {
  const { photoshoot, stage } = await readStage(deps.db, photoshootId);
  if (photoshoot.state === 'generating' && stage !== null)
    await editCard(deps, photoshoot, statusCard(t, photoshootId, stage));
  return photoshoot;
}

/**
 * Takes the card of a photoshoot away; one that the person has deleted is gone already.
 * @throws what else the gateway throws, also when the person cannot be written to
 */
export async function removeCard(
  deps: Pick<Deps, 'gateway'>,
  { chatId, cardMessageId: messageId }: Omit<CardMessage, 'userId'>,
  options: CallOptions = {},
): Promise<void> {
  if (messageId !== null) await removeMessage(deps.gateway, { chatId, messageId }, options);
}

/**
 * Shows a draft in a new card below everything that was said, in place of the one above: that one is taken away.
 * @param send sends a message to the draft's chat
 */
export async function renewCard(
  deps: Deps & DraftDeps,
  t: Translate,
  draft: Draft,
  send: (screen: Screen) => Promise<{ message_id: number }>,
): Promise<void> {
  const card = await readCard(deps.db, draft.id);
  const { message_id: messageId } = await send(await draftScreen(deps, t, { ...card, photoshoot: draft }));
  await moveCard(deps.db, draft.id, messageId);
  await removeCard(deps, draft);
  // What was recognised or tapped meanwhile was shown in the card that is gone.
  await showDraft(deps, t, draft.id);
}

/** The card of a draft as its rows are now. */
export async function draftScreen(deps: DraftDeps, t: Translate, card: Card<Draft>): Promise<Screen> {
  const { photoshoot: draft, styles, photos } = card;
  if (draft.basedOnPictureId !== null) return correctionScreen(deps, t, card, draft.basedOnPictureId);
  return draftCard(t, draft, styles, photos, largeSizeOf(deps, draft));
}

/** The pixels of a large picture in the draft's format; null where none can be made. */
function largeSizeOf({ abilities: { largeSizes } }: DraftDeps, { ratio }: Draft) {
  return largeSizes === null ? null : largeSizes[ratio];
}

async function correctionScreen(
  deps: DraftDeps,
  t: Translate,
  { photoshoot: draft, styles }: Card<Draft>,
  pictureId: number,
): Promise<Screen> {
  const [album, credits] = await Promise.all([
    readAlbumOf(deps.db, pictureId),
    readCostOfNext(deps.db, pictureId, draft.size),
  ]);
  const words = styles.find(({ origin }) => origin === 'correction')?.prompt ?? '';
  return correctionCard(t, draft, words, album, credits, largeSizeOf(deps, draft));
}

/** What the card shows before anything is placed; null where it is not the draft's to show. */
async function screenOf(
  deps: DraftDeps,
  t: Translate,
  { photoshoot, ...card }: Card,
): Promise<Screen | null> {
  switch (photoshoot.state) {
    case 'draft':
      if (photoshoot.expiresAt <= new Date()) return { text: t('card-expired'), keyboard: [] };
      if (photoshoot.product === null) return null;
      return draftScreen(deps, t, { ...card, photoshoot });
    case 'failed':
      // One that was placed is told its outcome by its order.
      if (photoshoot.product !== null) return null;
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
