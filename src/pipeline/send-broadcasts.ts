/** Sends what owners tell many people, a handful at a time, and each of them once. */
import { toError } from '../errors.ts';
import { editScreen } from '../messenger/edit-screen.ts';
import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { type Broadcast, readBroadcast, readCounts } from '../owners/broadcasts/broadcast.ts';
import {
  claimReader,
  dropUnwilling,
  endBroadcast,
  nextReaders,
  type Reader,
  settleReader,
  takeTurn,
} from '../owners/broadcasts/readers.ts';
import { broadcastCard, newsCard, textFor } from '../screens/broadcast-cards.ts';
import { retryAfterMs, TelegramRefused, TelegramUnreachable } from '../telegram/errors.ts';
import type { PipelineDeps } from './deps.ts';

/** Ten a second: a third of what Telegram lets a bot send, so that answers to people leave beside it. */
export const READERS_A_TURN = 20;
export const TURN_MS = 2000;

type Deps = Pick<PipelineDeps, 'db' | 'gateway' | 'texts' | 'log'>;

/** What a schedule does every turn: one handful of the oldest broadcast that is being sent. */
export async function sendBroadcasts(deps: Deps, now: Date, signal: AbortSignal): Promise<void> {
  const broadcast = await takeTurn(deps.db, new Date(now.getTime() + TURN_MS), now);
  if (broadcast === null) return;
  await dropUnwilling(deps.db, broadcast.id);
  const readers = await nextReaders(deps.db, broadcast.id, READERS_A_TURN);
  let isTaken = true;
  for (const reader of readers) {
    if (signal.aborted || !isTaken) break;
    isTaken = await tellReader(deps, broadcast, reader, signal);
  }
  await endBroadcast(deps.db, broadcast.id);
  await showProgress(deps, broadcast.id);
}

/** The reader was claimed by another process, or the broadcast was stopped. */
class NotOurs extends Error {}

/**
 * Claims a reader as their message leaves, and writes down what became of it. Where nobody knows, the claim stays: a
 * reader may have read it.
 * @returns false when Telegram takes nothing just now: the rest waits
 */
async function tellReader(
  deps: Deps,
  broadcast: Broadcast,
  { userId, language }: Reader,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, gateway, texts, log } = deps;
  const reader = { broadcastId: broadcast.id, userId };
  const confirm = async () => {
    if (!(await claimReader(db, reader))) throw new NotOurs();
  };
  try {
    const screen = newsCard(texts.in(language), textFor(broadcast.texts, language));
    const options = { departure: { signal, confirm }, maxRetryWaitMs: 0 };
    const outcome = await reachPerson(db, userId, () => sendScreen(gateway, userId, screen, options));
    await settleReader(db, { ...reader, state: outcome === 'blocked' ? 'blocked' : 'sent' });
    return true;
  } catch (error) {
    if (error instanceof NotOurs) return true;
    const isLater =
      retryAfterMs(error) !== null || (error instanceof TelegramUnreachable && error.sent === 'no');
    if (isLater) await settleReader(db, { ...reader, state: 'waiting' });
    else if (error instanceof TelegramRefused) await settleReader(db, { ...reader, state: 'failed' });
    if (!signal.aborted)
      log.warn({ err: toError(error), broadcastId: broadcast.id }, 'a reader was not told');
    return error instanceof TelegramRefused && !isLater;
  }
}

/** The owner's card, one message, with how many were told. That it cannot be shown stops nothing. */
async function showProgress(deps: Deps, broadcastId: number): Promise<void> {
  const broadcast = await readBroadcast(deps.db, broadcastId);
  const { createdBy: chatId, cardMessageId: messageId } = broadcast;
  if (messageId === null) return;
  try {
    const { t } = await languageOf(deps, chatId);
    const counts = await readCounts(deps.db, broadcast, new Date());
    const screen = broadcastCard(t, broadcast, counts, deps.texts.languages);
    const show = () => editScreen(deps.gateway, { chatId, messageId }, screen, { maxRetryWaitMs: 0 });
    await reachPerson(deps.db, chatId, show);
  } catch (error) {
    deps.log.debug({ err: toError(error), broadcastId }, 'the card of a broadcast could not be shown');
  }
}
