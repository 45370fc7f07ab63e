/** The card of what has just been placed, which a worker may have begun, or ended, by the time that it is shown. */
import { queuedScreen, sendQueuedCard, showWhatCameMeanwhile } from '../messenger/queued-card.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { readSeries } from '../photoshoots/draft/place-series.ts';
import { moveCard } from '../photoshoots/draft/remember-card.ts';
import type { InLine } from '../photoshoots/run/waiting-line.ts';
import { TelegramRefused, TelegramUnreachable } from '../telegram/errors.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';

/** Shows in the card that was tapped that its draft stands in line. */
export async function showQueued(
  deps: BotDeps,
  conversation: Conversation,
  { photoshoot, place }: InLine,
): Promise<void> {
  const { id: photoshootId, state } = photoshoot;
  // A worker has it already, and tells more than this would.
  if (state !== 'queued') return;
  await inPassing(deps, conversation, photoshootId, async () => {
    const cardId = await conversation.show(queuedScreen(conversation.t, photoshootId, place));
    if (cardId !== photoshoot.cardMessageId) await moveCard(deps.db, photoshootId, cardId);
    await showWhatCameMeanwhile(deps, conversation.t, photoshootId);
  });
}

/** Shows in a card of its own what a tap has placed at once. */
export async function showPlaced(
  deps: BotDeps,
  conversation: Conversation,
  photoshootId: number,
): Promise<void> {
  await conversation.answer(conversation.t('again-placed'));
  await sendCard(deps, conversation, photoshootId);
}

/** Shows what a series has brought beside the draft that was tapped: each has a card of its own, sent once. */
export async function showSeries(deps: BotDeps, conversation: Conversation, draftId: number): Promise<void> {
  const { userId } = conversation;
  for (const id of await readSeries(deps.db, { draftId, userId })) await sendCard(deps, conversation, id);
}

async function sendCard(deps: BotDeps, conversation: Conversation, photoshootId: number): Promise<void> {
  const { t, signal } = conversation;
  await inPassing(deps, conversation, photoshootId, () => sendQueuedCard(deps, t, photoshootId, { signal }));
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
