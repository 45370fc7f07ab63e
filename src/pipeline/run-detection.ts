/** A draft's photo → what it shows and how it could look, written into the draft and shown in its card. */

import { createHash } from 'node:crypto';
import { type Detection, unrecognised } from '../ai/detect-product.ts';
import { AppError, isAppError, toError } from '../errors.ts';
import type { PhotoFault } from '../imaging/coach.ts';
import { editCard, showDraft } from '../messenger/card-in-place.ts';
import { languageOf } from '../messenger/language-of.ts';
import { recogniseProduct } from '../photoshoots/draft/recognise-product.ts';
import { refuseDraft } from '../photoshoots/draft/refuse-draft.ts';
import { type Draft, readPhotos, readPhotoshoot } from '../photoshoots/photoshoot.ts';
import { readOfferedStyles } from '../photoshoots/styles/offered-styles.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { fallbackStyles } from '../screens/fallback-styles.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import type { Translate } from '../texts/texts.ts';
import { cacheTagOf } from './cache-tag.ts';
import type { PipelineDeps, Recognised } from './deps.ts';
import { isUselessPhoto, loadPhotos } from './load-photos.ts';
import { reportRecovery, reportTrouble, reportUnrecognised } from './provider-trouble.ts';

/** Job `detect-product`. Does nothing for a draft that was recognised or is no draft any more. */
export async function runDetection(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const draft = await readPhotoshoot(deps.db, photoshootId);
  if (draft.state !== 'draft' || draft.product !== null) return;
  const { t, language } = await languageOf(deps, draft.userId);
  // It waited for a provider for longer than a draft lives: the seller is told that it is over.
  const began = new Date();
  if (draft.expiresAt <= began) return showDraft(deps, t, photoshootId);
  try {
    const action = { chatId: draft.chatId, action: 'typing' } as const;
    await sendChatActionWhile(deps.gateway, action, () => detect(deps, draft, language, signal));
  } catch (error) {
    if (isAppError(error, 'provider-unavailable', 'provider-paused', 'imaging-busy')) {
      await reportTrouble(deps, error, began);
      return postpone(deps, draft, t);
    }
    if (isAppError(error, 'provider-rejected')) await reportTrouble(deps, error, began);
    else if (!isUselessPhoto(error) && !isAppError(error, 'provider-refused')) throw toError(error);
    await refuse(deps, draft, error.code);
  }
  await showDraft(deps, t, photoshootId);
}

async function detect(
  deps: PipelineDeps,
  draft: Draft,
  language: string,
  signal: AbortSignal,
): Promise<void> {
  const key = await recognitionKey(deps, draft, language);
  const detection = await deps.recognitions.get(key, [key, cacheTagOf(deps, draft.userId)], () =>
    look(deps, draft, language, signal),
  );
  // At the next photo somebody may be there to be asked.
  if (detection.source === 'fallback') await deps.recognitions.invalidate([key]);
  const { isProduct, sameProduct, name, kind, ratio: recommendedRatio, styles, advice } = detection;
  await recogniseProduct(deps.db, draft.id, {
    product: { isProduct, sameProduct, name, kind, recommendedRatio },
    advice,
    proposals: styles,
  });
}

/** All that decides what is seen: the photos by Telegram's names for their bytes, the words, the language, the model. */
async function recognitionKey(deps: PipelineDeps, draft: Draft, language: string): Promise<string> {
  const photos = await readPhotos(deps.db, draft.id);
  const facts = [
    photos.map(({ fileUniqueId }) => fileUniqueId),
    draft.caption,
    language,
    deps.ai.recognitionVersion(language),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

/** @throws AppError provider-refused for what is not allowed; what `loadPhotos` and the AI throw */
async function look(
  deps: PipelineDeps,
  draft: Draft,
  language: string,
  signal: AbortSignal,
): Promise<Recognised> {
  const photos = await loadPhotos(deps, draft, signal);
  const verdict = await deps.ai.moderate({ photoshootId: draft.id, text: draft.caption, photos, signal });
  if (!verdict.allowed) throw new AppError('provider-refused', 'the photo or its words are not allowed');
  const [detection, fault] = await Promise.all([
    recognise(deps, draft, { photos, language, signal }),
    findFault(deps, photos, signal),
  ]);
  return { ...detection, advice: troubleOf(detection) ?? fault };
}

/** What the model saw. Of an album of several products the card itself says so, and what to do. */
function troubleOf({ trouble, sameProduct }: Detection): Exclude<Detection['trouble'], 'none'> | null {
  if (trouble === 'none' || (trouble === 'several-products' && sameProduct === false)) return null;
  return trouble;
}

/** What all photos lack: of several views a good one is enough. */
async function findFault(
  { images, log }: Pick<PipelineDeps, 'images' | 'log'>,
  photos: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<PhotoFault | null> {
  try {
    const faults = await Promise.all(photos.map((photo) => images.judge(photo, signal)));
    return faults.includes(null) ? null : (faults[0] ?? null);
  } catch (error) {
    if (!isAppError(error)) throw error;
    // An advice is an ornament.
    log.debug({ err: error }, 'a photo could not be measured');
    return null;
  }
}

/** What the photos show. Where nobody can be asked, nobody waits: the house's styles suit nearly everything. */
async function recognise(
  deps: PipelineDeps,
  draft: Draft,
  request: Readonly<{ photos: readonly Uint8Array[]; language: string; signal: AbortSignal }>,
): Promise<Detection> {
  const { ai } = deps;
  const began = new Date();
  const fallback = fallbackStyles(deps.texts.in(request.language), await readOfferedStyles(deps.db, began));
  if (ai.detectProduct === null) return unrecognised(fallback);
  try {
    const { id: photoshootId, userId, caption } = draft;
    const detection = await ai.detectProduct({
      ...request,
      fallback,
      photoshootId,
      userId,
      caption: noteOf(caption),
    });
    await reportRecovery(deps, 'recognition', began);
    return detection;
  } catch (error) {
    if (!isAppError(error, 'provider-unavailable', 'provider-paused', 'provider-rejected')) throw error;
    // Our own bulkhead: a place is free in a moment.
    if (error.details.reason === 'busy') throw error;
    await reportUnrecognised(deps, error, began);
    return unrecognised(fallback);
  }
}

async function refuse(deps: PipelineDeps, draft: Draft, code: string): Promise<void> {
  deps.log.info({ code }, 'a photo cannot be used');
  await refuseDraft(deps.db, draft.id, code);
}

/** A provider's fault only delays a draft; the seller is told, and nothing has to be sent again. */
async function postpone(deps: PipelineDeps, draft: Draft, t: Translate): Promise<void> {
  const { draftRetryMs: delayMs } = deps;
  await deps.queue.enqueue(deps.db, 'detect-product', { photoshootId: draft.id }, { delayMs });
  await editCard(deps, draft, { text: t('status-provider-busy'), keyboard: [] });
}
