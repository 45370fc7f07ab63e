/** A placed photoshoot → pictures in the chat. One line per step; a crash at any of them resumes from the rows. */

import { markBlocked } from '../customers/mark-blocked.ts';
import { toError } from '../errors.ts';
import { removeCard } from '../messenger/card-in-place.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { type PhotoFile, readErrand } from '../photoshoots/read-photoshoot.ts';
import { countReady } from '../photoshoots/run/read-stage.ts';
import type { Run } from '../photoshoots/run/record-picture.ts';
import {
  type Ended,
  type Running,
  readPictures,
  releaseLease,
  type Start,
  startPhotoshoot,
} from '../photoshoots/run/start-photoshoot.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import { retryAfterMs, TelegramUnreachable } from '../telegram/errors.ts';
import type { Translate } from '../texts/texts.ts';
import { announceResult } from './announce-result.ts';
import { deliverPhotoshoot } from './deliver-photoshoot.ts';
import type { PipelineDeps } from './deps.ts';
import { type KeptLease, LeaseEnded } from './keep-lease.ts';
import { makeMissing, refuseAll } from './make-missing.ts';
import type { HoldUp } from './make-pictures.ts';
import { createProgress, type Progress } from './progress.ts';

/** When another worker has the photoshoot, or died with it: look again after a part of the lease's time. */
const BUSY_RETRY_MS = 5_000;
/** When Telegram cannot be reached: a later look costs little. */
const TELEGRAM_RETRY_MS = 10_000;
/** How long an order waits for providers that cannot be reached before its credits go back. */
const GIVE_UP_AFTER_MS = 30 * 60_000;
/** How long it waits between two looks at a provider that needs an admin, or that names a very long time. */
const LONGEST_WAIT_MS = 60_000;

type TakenPhotoshoot = Extract<Start, { kind: 'taken' }>;

/**
 * Job `run-photoshoot`: makes, delivers and tells what is left to be done. Who leaves a photoshoot unfinished
 * leaves a job for it, unless its seller has blocked the bot: then their return does.
 */
export async function runPhotoshoot(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await takeAndWork(deps, photoshootId, signal);
  } catch (error) {
    // The job that brought us here may be the one that the other worker has; it ends with us.
    if (error instanceof LeaseEnded && error.end === 'lost')
      return lookAgain(deps, photoshootId, BUSY_RETRY_MS);
    if (!isTelegramAway(error)) throw error;
    // No fault of the photoshoot's: it waits, however long, and is not given up.
    deps.log.warn({ err: toError(error) }, 'a photoshoot waits for Telegram');
    await lookAgain(deps, photoshootId, retryAfterMs(error) ?? TELEGRAM_RETRY_MS);
  }
}

/**
 * It begins when there are places for all of its pictures at the providers. Until then it stands in line, where its
 * seller sees it and can still take it back.
 */
async function takeAndWork(deps: PipelineDeps, photoshootId: number, signal: AbortSignal): Promise<void> {
  const { waiting, language, photos } = await readErrand(deps.db, photoshootId);
  const errand = { t: deps.texts.in(language), photos };
  await deps.places.within(waiting, signal, () => takeInPlace(deps, photoshootId, errand, signal));
}

/** What stays as it was while an order waits for its places: what was ordered of, and how its seller is spoken to. */
type OfErrand = Readonly<{ t: Translate; photos: readonly PhotoFile[] }>;

async function takeInPlace(
  deps: PipelineDeps,
  photoshootId: number,
  errand: OfErrand,
  signal: AbortSignal,
): Promise<void> {
  const start = await startPhotoshoot(deps.db, photoshootId);
  switch (start.kind) {
    case 'over':
      return;
    case 'busy':
      return lookAgain(deps, photoshootId, BUSY_RETRY_MS);
    case 'untold': {
      const { photoshoot, run } = start;
      await withLease(deps, { photoshootId, run }, signal, (lease) => conclude(deps, photoshoot, lease));
      return;
    }
    case 'taken': {
      const { run, cancelRequested } = start.photoshoot;
      const isToStop = await withLease(deps, { photoshootId, run }, signal, (lease) =>
        work(deps, start, errand, lease),
      );
      // The Cancel came when this run had put off what is left: once more, and not at each run that cannot end it.
      if (isToStop && !cancelRequested) await lookAgain(deps, photoshootId, 0);
      return;
    }
    default: {
      const never: never = start;
      throw new Error(`unknown start ${String(never)}`);
    }
  }
}

/** @returns whether its seller wants it stopped and it goes on */
async function withLease(
  deps: PipelineDeps,
  run: Run,
  signal: AbortSignal,
  task: (lease: KeptLease) => Promise<'told' | 'left'>,
): Promise<boolean> {
  const lease = deps.leases.keep(run, signal);
  let isToStop = false;
  let end: 'told' | 'left' = 'left';
  try {
    end = await task(lease);
  } finally {
    lease.stop();
    // Whatever happened, the next job may take it at once. Where its end was told, that gave the lease back.
    if (end === 'left') isToStop = await releaseLease(deps.db, run.photoshootId, run.run);
  }
  return isToStop;
}

async function lookAgain(deps: PipelineDeps, photoshootId: number, delayMs: number): Promise<void> {
  await deps.queue.enqueue(deps.db, 'run-photoshoot', { photoshootId }, { delayMs });
}

function isTelegramAway(error: unknown): boolean {
  return (error instanceof TelegramUnreachable && error.sent === 'no') || retryAfterMs(error) !== null;
}

/** How it ended. `waiting`: a later job goes on. `blocked`: its seller's return does. */
type Ending = Ended | 'waiting' | 'blocked';

async function work(
  deps: PipelineDeps,
  start: TakenPhotoshoot,
  { t, photos }: OfErrand,
  lease: KeptLease,
): Promise<'told' | 'left'> {
  const { photoshoot } = start;
  const progress = createProgress(deps, t, photoshoot);
  const action = { chatId: photoshoot.chatId, action: 'upload_photo' } as const;
  let ending: Ending;
  try {
    ending = await sendChatActionWhile(deps.gateway, action, (isReachable) =>
      makeAndDeliver(deps, start, { progress, lease, t, photos, isReachable }),
    );
  } finally {
    // Also after a failure, or it would go on telling of work that has ended.
    await progress.end();
  }
  return ending === 'waiting' || ending === 'blocked' ? 'left' : conclude(deps, ending, lease);
}

async function makeAndDeliver(
  deps: PipelineDeps,
  start: TakenPhotoshoot,
  work: OfErrand & { progress: Progress; lease: KeptLease; isReachable: Promise<boolean> },
): Promise<Ending> {
  const { photoshoot, mayHaveBeenSent } = start;
  const { progress, lease, t, photos } = work;
  const waiting = photoshoot.cancelRequested ? [] : start.pictures.filter(({ state }) => state === 'waiting');
  // Nothing is spent on what nobody can be given. Telegram is asked, because our own mark may be out of date.
  if (waiting.length > 0 && !(await work.isReachable)) {
    await markBlocked(deps.db, photoshoot.userId);
    return 'blocked';
  }
  const told = { ready: countReady(start.pictures), total: start.pictures.length };
  const inHand = new Map<number, Uint8Array>();
  const holdUp = await makeMissing(deps, photoshoot, waiting, { photos, progress, lease, told, inHand });
  lease.untilLost.throwIfAborted();
  const cancelled = lease.wanted.aborted;
  if (holdUp !== null && !cancelled && (await waits(deps, photoshoot, holdUp, progress))) return 'waiting';
  const { pictures } = start;
  return deliverPhotoshoot(deps, { photoshoot, pictures, lease, progress, mayHaveBeenSent, inHand, t });
}

/** Takes the status message away and says below the album how it ended. */
async function conclude(deps: PipelineDeps, photoshoot: Ended, lease: KeptLease): Promise<'told' | 'left'> {
  const reached = await reachPerson(deps.db, photoshoot.userId, async () => {
    await removeCard(deps, photoshoot, { signal: lease.untilLost });
    return announceResult(deps, photoshoot, lease);
  });
  return reached === 'told' ? 'told' : 'left';
}

/**
 * Puts the photoshoot off until the provider can be reached.
 * @returns false when it has waited long enough: then what is missing has failed
 */
async function waits(
  deps: PipelineDeps,
  photoshoot: Running,
  holdUp: HoldUp,
  progress: Progress,
): Promise<boolean> {
  const waitedMs = Date.now() - photoshoot.placedAt.getTime();
  if (holdUp.kind === 'unavailable' && waitedMs > GIVE_UP_AFTER_MS) {
    const pictures = await readPictures(deps.db, photoshoot.id);
    const waiting = pictures.filter((picture) => picture.state === 'waiting');
    await refuseAll(deps, photoshoot, waiting, 'failed', 'provider-unavailable');
    return false;
  }
  const delayMs = Math.min(LONGEST_WAIT_MS, holdUp.kind === 'paused' ? LONGEST_WAIT_MS : holdUp.retryAfterMs);
  const { id: photoshootId, priority } = photoshoot;
  await deps.queue.enqueue(deps.db, 'run-photoshoot', { photoshootId }, { delayMs, priority });
  // Until the next run this is all that the seller sees.
  await progress.end({ stage: 'provider-busy' });
  return true;
}
