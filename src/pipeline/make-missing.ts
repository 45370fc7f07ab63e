/** The pictures of a photoshoot that have no outcome yet: prepared for, moderated, made, or refused as a whole. */
import { isSellersWords } from '../ai/write-prompts.ts';
import { isAppError } from '../errors.ts';
import type { PhotoFile } from '../photoshoots/read-photoshoot.ts';
import { readBeforeMaking } from '../photoshoots/run/read-before-making.ts';
import { recordUnmade } from '../photoshoots/run/record-picture.ts';
import type { Picture, Running } from '../photoshoots/run/start-photoshoot.ts';
import type { PipelineDeps } from './deps.ts';
import type { KeptLease } from './keep-lease.ts';
import { isUselessPhoto, loadSources } from './load-photos.ts';
import { type HoldUp, makePictures } from './make-pictures.ts';
import type { Progress } from './progress.ts';
import { reportTrouble } from './provider-trouble.ts';

/** A pool of our own that is full: it is free again in a moment. */
const BUSY_RETRY_MS = 5_000;

/** Has the pictures made that have no outcome yet. @returns what holds up the rest */
export async function makeMissing(
  deps: PipelineDeps,
  photoshoot: Running,
  waiting: readonly Picture[],
  {
    photos: views,
    progress,
    lease,
    told,
    inHand,
  }: {
    photos: readonly PhotoFile[];
    progress: Progress;
    lease: KeptLease;
    told: { ready: number; total: number };
    inHand: Map<number, Uint8Array>;
  },
): Promise<HoldUp | null> {
  if (waiting.length === 0) return null;
  progress.show({ stage: 'preparing' });
  const began = new Date();
  try {
    const { photos, before } = await loadSources(deps, photoshoot, views, lease.wanted);
    const allowed = await moderatePhotoshoot(deps, photoshoot, waiting, photos, lease.wanted);
    if (!allowed) return await refuseAll(deps, photoshoot, waiting, 'refused', 'provider-refused');
    const known = await readBeforeMaking(deps.db, photoshoot.id);
    progress.startMaking(told, known.medianMs);
    return await makePictures(deps, waiting, {
      photoshoot,
      photos,
      known,
      before,
      progress,
      inHand,
      signal: lease.wanted,
    });
  } catch (error) {
    if (lease.wanted.aborted) return null;
    return settleUnprepared(deps, photoshoot, waiting, error, began);
  }
}

/**
 * What the seller wrote, before anything is spent on it. Photo and caption have passed already where the
 * product was recognised from them.
 */
async function moderatePhotoshoot(
  deps: PipelineDeps,
  photoshoot: Running,
  waiting: readonly Picture[],
  photos: Uint8Array[],
  signal: AbortSignal,
): Promise<boolean> {
  const isRecognised = photoshoot.product !== null;
  const own = waiting.filter((picture) => isSellersWords(picture.styleOrigin));
  const words = new Set(own.map((picture) => picture.stylePrompt));
  if (!isRecognised && photoshoot.caption !== null) words.add(photoshoot.caption);
  if (photoshoot.product?.nameGiven) words.add(photoshoot.product.name);
  const verdict = await deps.ai.moderate({
    photoshootId: photoshoot.id,
    text: words.size === 0 ? null : [...words].join('\n'),
    photos: isRecognised ? [] : photos,
    signal,
  });
  return verdict.allowed;
}

async function settleUnprepared(
  deps: PipelineDeps,
  photoshoot: Running,
  waiting: readonly Picture[],
  error: unknown,
  began: Date,
): Promise<HoldUp | null> {
  if (isAppError(error, 'provider-unavailable', 'imaging-busy')) {
    await reportTrouble(deps, error, began);
    return { kind: 'unavailable', retryAfterMs: Number(error.details.retryAfterMs ?? BUSY_RETRY_MS) };
  }
  if (isAppError(error, 'provider-paused')) {
    await reportTrouble(deps, error, began);
    return { kind: 'paused' };
  }
  if (isAppError(error, 'provider-rejected')) {
    await reportTrouble(deps, error, began);
    return refuseAll(deps, photoshoot, waiting, 'failed', error.code);
  }
  if (isUselessPhoto(error)) return refuseAll(deps, photoshoot, waiting, 'failed', error.code);
  if (isAppError(error, 'provider-refused')) {
    return refuseAll(deps, photoshoot, waiting, 'refused', error.code);
  }
  throw error;
}

/** Writes down that none of these will be made, and why. */
export async function refuseAll(
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
