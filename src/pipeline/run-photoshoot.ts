/** A placed photoshoot → pictures in the chat. One line per step; a crash at any of them resumes from the rows. */
import { readLanguage } from '../customers/read-language.ts';
import { isAppError } from '../errors.ts';
import { readPhotos, readPhotoshoot } from '../photoshoots/photoshoot.ts';
import { recordUnmade } from '../photoshoots/record-picture.ts';
import {
  type Picture,
  type Running,
  readPictures,
  releaseLease,
  startPhotoshoot,
} from '../photoshoots/start-photoshoot.ts';
import { PRIORITY } from '../queue/queue.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import { FALLBACK_LANGUAGE } from '../texts/texts.ts';
import { announceResult } from './announce-result.ts';
import { deliverPhotoshoot } from './deliver-photoshoot.ts';
import type { PipelineDeps } from './deps.ts';
import { type KeptLease, keepLease } from './keep-lease.ts';
import { loadPhotos } from './load-photos.ts';
import { type HoldUp, makePictures } from './make-pictures.ts';
import { createProgress, type Progress } from './progress.ts';
import { reportPause, reportRecovery } from './provider-pause.ts';

/** When another worker has the photoshoot, or died with it: look again after a part of the lease's time. */
const BUSY_RETRY_MS = 5_000;
/** How long an order waits for providers that cannot be reached before its credits go back. */
const GIVE_UP_AFTER_MS = 30 * 60_000;
/** How long it waits between two looks at a provider that needs an admin, or that names a very long time. */
const LONGEST_WAIT_MS = 60_000;

/** Job `run-photoshoot`. */
export async function runPhotoshoot(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const start = await startPhotoshoot(deps.db, photoshootId);
  switch (start.kind) {
    case 'over':
      return announceResult(deps, start.photoshoot);
    case 'busy':
      return deps.queue.enqueue(deps.db, 'run-photoshoot', { photoshootId }, { delayMs: BUSY_RETRY_MS });
    case 'taken': {
      const lease = keepLease(deps, { photoshootId, run: start.photoshoot.run }, signal);
      try {
        return await work(deps, start, lease);
      } finally {
        lease.stop();
        // Whatever happened, the next job may take it at once; for a finished photoshoot this changes nothing.
        await releaseLease(deps.db, photoshootId, start.photoshoot.run);
      }
    }
    default: {
      const never: never = start;
      throw new Error(`unknown start ${String(never)}`);
    }
  }
}

async function work(
  deps: PipelineDeps,
  start: { photoshoot: Running; pictures: Picture[]; mayHaveBeenSent: boolean },
  lease: KeptLease,
): Promise<void> {
  const { photoshoot, mayHaveBeenSent } = start;
  const t = deps.texts.in((await readLanguage(deps.db, photoshoot.userId)) ?? FALLBACK_LANGUAGE);
  const progress = createProgress(deps, t, photoshoot);
  const action = { chatId: photoshoot.chatId, action: 'upload_photo' } as const;
  const ending = await sendChatActionWhile(deps.gateway, action, async (): Promise<'told' | 'later'> => {
    const holdUp = await makeMissing(deps, start, progress, lease);
    const ended = lease.ended();
    if (ended === 'lost' || ended === 'stopped') return 'later';
    if (holdUp !== null && ended !== 'cancelled' && (await waits(deps, photoshoot, holdUp, progress))) {
      return 'later';
    }
    return (await deliverPhotoshoot(deps, { photoshoot, progress, mayHaveBeenSent, t })) === 'done'
      ? 'told'
      : 'later';
  });
  if (ending === 'later') {
    await progress.end();
    if (lease.ended() === 'stopped') throw new Error('the process stops; the queue keeps the job');
    return;
  }
  await progress.remove();
  await announceResult(deps, await readPhotoshoot(deps.db, photoshoot.id));
}

/** Has every picture made that has no outcome yet. @returns what holds up the rest */
async function makeMissing(
  deps: PipelineDeps,
  start: { photoshoot: Running; pictures: Picture[] },
  progress: Progress,
  lease: KeptLease,
): Promise<HoldUp | null> {
  const { photoshoot } = start;
  const waiting = start.pictures.filter((picture) => picture.state === 'waiting');
  if (waiting.length === 0 || photoshoot.cancelRequested) return null;
  progress.show({ stage: 'preparing' });
  try {
    const photos = await loadPhotos(deps, await readPhotos(deps.db, photoshoot.id), lease.signal);
    const allowed = await moderateWords(deps, photoshoot, waiting, photos, lease.signal);
    if (!allowed) return await refuseAll(deps, photoshoot, waiting, 'refused', 'provider-refused');
    await progress.startMaking(waiting.length);
    const holdUp = await makePictures(deps, waiting, { photoshoot, photos, progress, signal: lease.signal });
    if (holdUp === null && lease.ended() === null) await reportRecovery(deps);
    return holdUp;
  } catch (error) {
    if (lease.ended() !== null) return null;
    return settleUnprepared(deps, photoshoot, waiting, error);
  }
}

/** What the seller wrote, and the photos, before anything is spent on them. */
async function moderateWords(
  deps: PipelineDeps,
  photoshoot: Running,
  waiting: readonly Picture[],
  photos: Uint8Array[],
  signal: AbortSignal,
): Promise<boolean> {
  const own = waiting.filter((picture) => picture.styleOrigin === 'own' || picture.styleOrigin === 'preset');
  const words = [photoshoot.caption, ...new Set(own.map((picture) => picture.stylePrompt))].filter(
    (text) => text !== null,
  );
  const text = words.length === 0 ? null : words.join('\n');
  const verdict = await deps.ai.moderate({ text, photos, signal });
  return verdict.allowed;
}

async function settleUnprepared(
  deps: PipelineDeps,
  photoshoot: Running,
  waiting: readonly Picture[],
  error: unknown,
): Promise<HoldUp | null> {
  if (isAppError(error, 'provider-unavailable', 'imaging-busy')) {
    return { kind: 'unavailable', retryAfterMs: Number(error.details.retryAfterMs ?? BUSY_RETRY_MS) };
  }
  if (isAppError(error, 'provider-paused')) {
    await reportPause(deps, error);
    return { kind: 'paused' };
  }
  if (isAppError(error, 'file-gone', 'file-too-large', 'image-unreadable', 'image-kind-unsupported')) {
    return refuseAll(deps, photoshoot, waiting, 'failed', error.code);
  }
  throw error;
}

async function refuseAll(
  deps: PipelineDeps,
  photoshoot: Running,
  waiting: readonly Picture[],
  state: 'failed' | 'refused',
  failureCode: string,
): Promise<null> {
  const run = { photoshootId: photoshoot.id, run: photoshoot.run };
  for (const picture of waiting)
    await recordUnmade(deps.db, run, { pictureId: picture.id, state, failureCode });
  return null;
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
  progress.show({ stage: 'provider-busy' });
  const delayMs = Math.min(LONGEST_WAIT_MS, holdUp.kind === 'paused' ? LONGEST_WAIT_MS : holdUp.retryAfterMs);
  const priority = photoshoot.paid ? PRIORITY.paid : PRIORITY.free;
  await deps.queue.enqueue(deps.db, 'run-photoshoot', { photoshootId: photoshoot.id }, { delayMs, priority });
  return true;
}
