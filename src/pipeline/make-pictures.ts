/** Has the waiting pictures of a photoshoot made, side by side, and writes down what became of each. */

import type { PictureFromProvider } from '../ai/make-picture.ts';
import { numberOf, type Ratio } from '../ai/ratios.ts';
import type { Reshaping } from '../database/schema/index.ts';
import { isAppError, toError } from '../errors.ts';
import { isToBeCompared } from '../photoshoots/likeness.ts';
import { savedBy } from '../photoshoots/picture-price.ts';
import type { BeforeMaking } from '../photoshoots/run/read-before-making.ts';
import type { PaidAttempts } from '../photoshoots/run/record-attempt.ts';
import { type MadePicture, type Run, recordMade, recordUnmade } from '../photoshoots/run/record-picture.ts';
import type { Picture, Running } from '../photoshoots/run/start-photoshoot.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { keepTrying } from '../resilience/keep-trying.ts';
import type { PipelineDeps } from './deps.ts';
import type { Progress } from './progress.ts';
import { reportRecovery, reportTrouble } from './provider-trouble.ts';
import { redoDrifted } from './redo-drifted.ts';

/** Why some pictures are still waiting. `paused`: until an admin has done something. */
export type HoldUp = { kind: 'unavailable'; retryAfterMs: number } | { kind: 'paused' };

type PicturesWork = {
  photoshoot: Running;
  photos: readonly Uint8Array[];
  known: Pick<BeforeMaking, 'isBudgetSpent' | 'paid'>;
  /** The picture that the photoshoot begins with, beside the photos. */
  before: Uint8Array | null;
  progress: Progress;
  /** What was made in this run, by the pictures' ids, for whoever delivers it. */
  inHand: Map<number, Uint8Array>;
  signal: AbortSignal;
};

/**
 * After so many paid attempts of which no picture came (they timed out, or their process died) the owners are asked
 * to look, and the next one waits: two runs of a chain of two models, each of which pays for two at the most.
 */
const PAID_ATTEMPTS_IN_A_ROW = 8;
/** Twice more within the half hour for which an order waits. */
const PAID_OFTEN_WAIT_MS = 10 * 60_000;
/** Of the pixels that were asked for, which some endpoints round. */
const LARGE_ENOUGH = 0.9;
/** When a provider names no time. */
const DEFAULT_RETRY_MS = 15_000;

/** @returns null when every picture has its outcome, or the signal ended */
export async function makePictures(
  deps: PipelineDeps,
  waiting: readonly Picture[],
  work: PicturesWork,
): Promise<HoldUp | null> {
  const { isBudgetSpent, paid } = work.known;
  if (waiting.length > 0 && isBudgetSpent) return { kind: 'paused' };
  const outcomes = await Promise.allSettled(
    waiting.map((picture) => makeOne(deps, picture, paid.get(picture.id) ?? null, work)),
  );
  // Only when every call is over: one that still ran would be bought again, by the next run, beside itself.
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  const holdUps = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? (outcome.value ?? []) : [],
  );
  return holdUps.find((holdUp) => holdUp.kind === 'paused') ?? holdUps[0] ?? null;
}

async function makeOne(
  deps: PipelineDeps,
  picture: Picture,
  paid: PaidAttempts | null,
  work: PicturesWork,
): Promise<HoldUp | null> {
  const { photoshoot, photos, before, progress, inHand, signal } = work;
  const run: Run = { photoshootId: photoshoot.id, run: photoshoot.run };
  const retryAfterMs = await waitOfPaidOften(deps, picture, paid);
  if (retryAfterMs > 0) return { kind: 'unavailable', retryAfterMs };
  const began = new Date();
  try {
    const make = (onPartial: (decode: () => Uint8Array) => void, cut: AbortSignal) =>
      deps.ai.makePicture({
        photos: [...photos],
        before,
        style: { title: picture.style, prompt: picture.stylePrompt, origin: picture.styleOrigin },
        ratio: photoshoot.ratio,
        size: photoshoot.size,
        productName: photoshoot.product?.name ?? '',
        caption: noteOf(photoshoot.caption),
        photoshootId: photoshoot.id,
        pictureId: picture.id,
        userId: photoshoot.userId,
        onPartial,
        signal: cut,
      });
    const came = await make((decode) => {
      progress.preview(async () => (await deps.images.thumbnail(decode(), 'preview', signal)).jpeg);
    }, signal);
    const shaped =
      picture.styleOrigin === 'cut-out'
        ? await isolate(deps, came.picture)
        : await shapeTo(deps, photoshoot.ratio, came);
    if (shaped === null) {
      await recordUnmade(deps.db, run, { pictureId: picture.id, state: 'failed', failureCode: 'no-cut-out' });
      await reportRecovery(deps, 'picture', began);
      return null;
    }
    const made = toMade(picture, came, shaped);
    const isKept = await keepTrying(deps.log, 'keep a picture', () => recordMade(deps.db, run, made));
    await reportRecovery(deps, 'picture', began);
    const first = {
      run,
      picture,
      photos,
      made,
      mayBePaidAgain: (paid?.count ?? 0) + 1 < PAID_ATTEMPTS_IN_A_ROW,
      async remake(cut: AbortSignal) {
        // No preview: nobody is to see a second one begin.
        const again = await make(() => {}, cut);
        return toMade(picture, again, await shapeTo(deps, photoshoot.ratio, again));
      },
    };
    if (isToBeCompared(picture)) await redoDrifted(deps, first, signal);
    // Where one that drifted is made anew, only its row knows which of the two is shown.
    if (isKept && deps.truthCheck?.mode !== 'redo') inHand.set(picture.id, made.bytes);
    progress.pictureMade();
    return null;
  } catch (error) {
    return settleUnmade(deps, picture, run, error, began);
  }
}

/** A picture as it is kept: in the bytes that are shown, with what it saved. */
function toMade(
  picture: Picture,
  { provider, model, costMicroUsd }: PictureFromProvider,
  { bytes, reshaped, isLarge }: Shaped,
): MadePicture {
  const creditsSaved = isLarge ? 0 : savedBy(picture);
  return { pictureId: picture.id, bytes, provider, model, costMicroUsd, creditsSaved, reshaped };
}

/** A cut-out that is one, or null: nobody pays for a product on a ground that was to be transparent. */
async function isolate(deps: PipelineDeps, picture: Uint8Array): Promise<Shaped | null> {
  try {
    const isolated = await deps.images.isolate(picture);
    if (isolated.kind === 'transparent') return { bytes: picture, reshaped: null, isLarge: false };
    if (isolated.kind === 'lifted') return { bytes: isolated.picture, reshaped: null, isLarge: false };
    deps.log.warn({ doubt: isolated.doubt }, 'a model made no cut-out');
  } catch (error) {
    if (!isAppError(error) || !error.code.startsWith('image-')) throw error;
    deps.log.warn({ err: error }, 'a model made no cut-out');
  }
  return null;
}

/** What came, as it is shown. `isLarge`: it has the pixels of a large one. */
type Shaped = { bytes: Uint8Array; reshaped: Reshaping | null; isLarge: boolean };

/**
 * What came, in the ratio that was ordered, and whether it is large: by its pixels, whatever was told of them. What
 * cannot be looked at now is kept as it came, because it is paid for.
 */
async function shapeTo(deps: PipelineDeps, ratio: Ratio, made: PictureFromProvider): Promise<Shaped> {
  try {
    // Without the signal: the picture is there, and the seller who stops the rest gets it.
    const { picture, width, height, change } = await deps.images.shape(made.picture, numberOf(ratio));
    const isLarge =
      made.size === 'large' && width * height >= made.asked.width * made.asked.height * LARGE_ENOUGH;
    return { bytes: picture, reshaped: change === 'whole' ? null : change, isLarge };
  } catch (error) {
    if (!isAppError(error)) throw error;
    deps.log.warn({ err: error }, 'a finished picture could not be measured');
    return { bytes: made.picture, reshaped: null, isLarge: false };
  }
}

/** Milliseconds until a picture that was paid for again and again may be tried once more; the owners are told. */
async function waitOfPaidOften(
  deps: PipelineDeps,
  { id: pictureId, photoshootId }: Picture,
  paid: PaidAttempts | null,
): Promise<number> {
  if (paid === null || paid.count < PAID_ATTEMPTS_IN_A_ROW) return 0;
  deps.log.error(
    { pictureId, photoshootId, paid: paid.count },
    'a picture was paid for often and never came',
  );
  const details = { photoshoot: String(photoshootId), paid: paid.count };
  await deps.alerts.raise(`picture-paid-often:${pictureId}`, details, { lasts: false });
  return Math.max(0, paid.lastAt.getTime() + PAID_OFTEN_WAIT_MS - Date.now());
}

async function settleUnmade(
  deps: PipelineDeps,
  picture: Picture,
  run: Run,
  error: unknown,
  began: Date,
): Promise<HoldUp | null> {
  if (!isAppError(error)) throw toError(error);
  switch (error.code) {
    case 'provider-refused':
      await recordUnmade(deps.db, run, { pictureId: picture.id, state: 'refused', failureCode: error.code });
      return null;
    case 'provider-unavailable':
      await reportTrouble(deps, error, began);
      return { kind: 'unavailable', retryAfterMs: Number(error.details.retryAfterMs ?? DEFAULT_RETRY_MS) };
    case 'provider-paused':
      await reportTrouble(deps, error, began);
      return { kind: 'paused' };
    case 'provider-rejected':
      await reportTrouble(deps, error, began);
      await recordUnmade(deps.db, run, { pictureId: picture.id, state: 'failed', failureCode: error.code });
      return null;
    case 'cancelled':
      return null;
    default:
      deps.log.error({ err: error, pictureId: picture.id }, 'a picture could not be made');
      await recordUnmade(deps.db, run, { pictureId: picture.id, state: 'failed', failureCode: 'unexpected' });
      return null;
  }
}
