/** A draft's photo → what it shows and how it could look, written into the draft and shown in its card. */

import { createHash } from 'node:crypto';
import { type Detection, unrecognised } from '../ai/detect-product.ts';
import { cacheTagOf } from '../customers/cache-tag.ts';
import { AppError, isAppError, toError } from '../errors.ts';
import type { PhotoFault } from '../imaging/coach.ts';
import type { PreparedPhoto } from '../imaging/pool.ts';
import { editCard, showDraft } from '../messenger/card-in-place.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { putIdeas } from '../photoshoots/draft/ask-for-ideas.ts';
import { recogniseProduct } from '../photoshoots/draft/recognise-product.ts';
import { refuseDraft } from '../photoshoots/draft/refuse-draft.ts';
import {
  keepRecognition,
  type Recognised,
  readRecognition,
  type SeenRecognition,
} from '../photoshoots/kept-recognitions.ts';
import type { Draft } from '../photoshoots/photoshoot.ts';
import { type Errand, readErrand, readStyles } from '../photoshoots/read-photoshoot.ts';
import { readOfferedStyles } from '../photoshoots/styles/offered-styles.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { fallbackStyles } from '../screens/fallback-styles.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';
import { contentHashOf, isUselessPhoto, jpegsOf, loadPhotos } from './load-photos.ts';
import { reportRecovery, reportTrouble, reportUnrecognised } from './provider-trouble.ts';

const HOUR_MS = 3_600_000;

/**
 * Job `detect-product`. Of what is no draft any more, and of a draft that was recognised and awaits no other proposals,
 * it only shows the card: an earlier try may have come so far, and not have reached its reader.
 */
export async function runDetection(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const { photoshoot: draft, language, photos } = await readErrand(deps.db, photoshootId);
  const t = deps.texts.in(language);
  const began = new Date();
  if (draft.state !== 'draft' || !isAwaited(draft, began)) return showDraft(deps, t, photoshootId);
  try {
    const action = { chatId: draft.chatId, action: 'typing' } as const;
    await sendChatActionWhile(deps.gateway, action, () => detect(deps, { draft, language, photos }, signal));
  } catch (error) {
    if (isAppError(error, 'provider-unavailable', 'provider-paused', 'imaging-busy')) {
      await reportTrouble(deps, error, began);
      return postpone(deps, draft, t);
    }
    if (isAppError(error, 'provider-rejected')) await reportTrouble(deps, error, began);
    else if (!isUselessPhoto(error) && !isAppError(error, 'provider-refused')) throw toError(error);
    if (draft.product === null) await refuse(deps, draft, error.code);
    // What was recognised and chosen stands; the proposals stay as they are.
    else await keepProposals(deps, draft);
  }
  await showDraft(deps, t, photoshootId);
}

/** Whether there is something to find out, while the draft lives: it may have waited for a provider for longer. */
function isAwaited(draft: Draft, now: Date): boolean {
  return (draft.product === null || turnOf(draft) > 0) && draft.expiresAt > now;
}

/** Which time other proposals are awaited; 0: the product is to be recognised. */
function turnOf({ ideas }: Draft): number {
  return ideas.asked > ideas.come ? ideas.asked : 0;
}

async function detect(
  deps: PipelineDeps,
  { draft, language, photos }: Pick<Errand, 'language' | 'photos'> & { draft: Draft },
  signal: AbortSignal,
): Promise<void> {
  let isSeenNow = false;
  const { userId } = draft;
  const byFiles = keyOf(
    deps,
    draft,
    language,
    photos.map(({ fileUniqueId }) => fileUniqueId),
  );
  const {
    isProduct,
    sameProduct,
    name,
    kind,
    ratio: recommendedRatio,
    styles,
    source,
    advice,
  } = await recall(deps, userId, byFiles, async () => {
    // The same picture may have come as another file: then it is fetched, and nobody is asked.
    const prepared = await loadPhotos(deps, draft, photos, signal);
    const byContent = keyOf(deps, draft, language, prepared.map(contentHashOf));
    const recognised = await recall(deps, userId, byContent, () => {
      isSeenNow = true;
      return look(deps, draft, { prepared, language, signal });
    });
    await keep(deps, { userId, keys: isSeenNow ? [byFiles, byContent] : [byFiles], recognised });
    return recognised;
  });
  const turn = turnOf(draft);
  if (draft.product !== null) {
    await putIdeas(deps.db, { draftId: draft.id, turn, proposals: styles });
    return;
  }
  await recogniseProduct(deps.db, draft.id, {
    product: { isProduct, sameProduct, name, kind, recommendedRatio },
    advice,
    proposals: styles,
    by: !isSeenNow ? 'known' : source === 'model' ? 'model' : 'house',
  });
}

/** What was seen under this key: from memory, from Redis, from the database, or seen now, once for all who ask. */
function recall(
  { db, recognitions, recognitionsKept, pseudonymOf }: PipelineDeps,
  userId: number,
  key: string,
  see: () => Promise<Recognised>,
): Promise<Recognised> {
  if (recognitionsKept === null) return see();
  const { ttlMs } = recognitionsKept;
  return recognitions.get(
    key,
    [cacheTagOf({ pseudonymOf }, userId)],
    async () => (await readRecognition(db, key, new Date(Date.now() - ttlMs))) ?? see(),
  );
}

/** Keeps what a model saw; where nobody could be asked, somebody may be there at the next photo. */
async function keep({ db, recognitionsKept }: PipelineDeps, seen: SeenRecognition): Promise<void> {
  if (recognitionsKept !== null && seen.recognised.source === 'model') await keepRecognition(db, seen);
}

/**
 * All that decides what is seen, with the photos by a name for their bytes.
 * @param photos Telegram's names, or hashes of the prepared photos: neither is ever the other
 */
function keyOf(deps: PipelineDeps, draft: Draft, language: string, photos: readonly string[]): string {
  const turn = turnOf(draft);
  const seen = [photos, draft.caption, language, deps.ai.recognitionVersion(language)];
  // Each time that other proposals are asked for somebody looks anew.
  return hashOf(JSON.stringify(turn === 0 ? seen : [...seen, draft.id, turn]));
}

function hashOf(data: string): string {
  return createHash('sha256').update(data).digest('base64url');
}

/** @throws AppError provider-refused for what is not allowed; what the AI throws */
async function look(
  deps: PipelineDeps,
  draft: Draft,
  {
    prepared,
    language,
    signal,
  }: Readonly<{ prepared: readonly PreparedPhoto[]; language: string; signal: AbortSignal }>,
): Promise<Recognised> {
  const photos = jpegsOf(prepared);
  const verdict = await deps.ai.moderate({ photoshootId: draft.id, text: draft.caption, photos, signal });
  if (!verdict.allowed) throw new AppError('provider-refused', 'the photo or its words are not allowed');
  const detection = await recognise(deps, draft, { photos, language, signal });
  return { ...detection, advice: troubleOf(detection) ?? faultOf(prepared), seenAt: Date.now() };
}

/** What the model saw. Of an album of several products the card itself says so, and what to do. */
function troubleOf({ trouble, sameProduct }: Detection): Exclude<Detection['trouble'], 'none'> | null {
  if (trouble === 'none' || (trouble === 'several-products' && sameProduct === false)) return null;
  return trouble;
}

/** What all photos lack: of several views a good one is enough. */
function faultOf(photos: readonly PreparedPhoto[]): PhotoFault | null {
  return photos.some(({ fault }) => fault === null) ? null : (photos[0]?.fault ?? null);
}

/** What the photos show. Where nobody can be asked, nobody waits: the house's styles suit nearly everything. */
async function recognise(
  deps: PipelineDeps,
  draft: Draft,
  request: Readonly<{ photos: readonly Uint8Array[]; language: string; signal: AbortSignal }>,
): Promise<Detection> {
  const { ai } = deps;
  const began = new Date();
  const fallback = async () =>
    fallbackStyles(deps.texts.in(request.language), await readOfferedStyles(deps.db, began));
  if (ai.detectProduct === null || !(await mayAsk(deps, draft))) return unrecognised(await fallback());
  try {
    const { id: photoshootId, userId, caption } = draft;
    const detection = await ai.detectProduct({
      ...request,
      fallback,
      earlier: await titlesBefore(deps, draft),
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
    return unrecognised(await fallback());
  }
}

/** What was proposed for a draft that awaits other proposals. */
async function titlesBefore({ db }: PipelineDeps, draft: Draft): Promise<string[]> {
  if (turnOf(draft) === 0) return [];
  const known = await readStyles(db, draft.id);
  return known.filter(({ origin }) => origin === 'proposed').map(({ title }) => title);
}

/**
 * Whether a model may be asked about one more photo of this seller today. Above their number nobody is left without a
 * card: it comes with the house's styles, and the seller is told why, once. Owners try things out.
 */
async function mayAsk(deps: PipelineDeps, draft: Draft): Promise<boolean> {
  const { id, userId } = draft;
  if (deps.adminIds.includes(userId)) return true;
  const verdict = await deps.rateLimits.recognition(userId, id, turnOf(draft));
  if (verdict.allowed) return true;
  deps.log.info('a seller has had as many photos recognised as a day has room for');
  if (verdict.tellNow) {
    const { most: max } = deps.rateLimits.inForce('recognitions');
    const hours = Math.ceil(verdict.retryAfterMs / HOUR_MS);
    await tellPerson(deps, userId, (t) => t('recognitions-over', { max, hours }));
  }
  return false;
}

async function keepProposals({ db }: PipelineDeps, draft: Draft): Promise<void> {
  const known = await readStyles(db, draft.id);
  const proposals = known.filter(({ origin }) => origin === 'proposed');
  await putIdeas(db, { draftId: draft.id, turn: turnOf(draft), proposals });
}

async function refuse(deps: PipelineDeps, draft: Draft, code: string): Promise<void> {
  deps.log.info({ code }, 'a photo cannot be used');
  await refuseDraft(deps.db, draft.id, code);
}

/** A provider's fault only delays a draft; the seller is told, and nothing has to be sent again. */
async function postpone(deps: PipelineDeps, draft: Draft, t: Translate): Promise<void> {
  const { draftRetryMs: delayMs } = deps;
  // Other proposals are waited for with those that are there. First: a try that ends here leaves no job behind beside
  // its own next try, while neither Telegram nor a provider can be reached.
  if (draft.product === null) await editCard(deps, draft, { text: t('status-provider-busy'), keyboard: [] });
  await deps.queue.enqueue(deps.db, 'detect-product', { photoshootId: draft.id }, { delayMs });
}
