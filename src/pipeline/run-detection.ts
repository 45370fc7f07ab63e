/** A draft's photo → what it shows and how it could look, written into the draft and shown in its card. */

import { isAppError, toError } from '../errors.ts';
import { editCard, showDraft } from '../messenger/card-in-place.ts';
import { languageOf } from '../messenger/language-of.ts';
import { recogniseProduct } from '../photoshoots/draft/recognise-product.ts';
import { refuseDraft } from '../photoshoots/draft/refuse-draft.ts';
import { type Draft, readPhotoshoot } from '../photoshoots/photoshoot.ts';
import { isAnyPictureDue } from '../photoshoots/run/is-any-picture-due.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';
import { isUselessPhoto, loadPhotos } from './load-photos.ts';
import { reportRecovery, reportTrouble } from './provider-trouble.ts';

/** How soon a detection that a provider's fault held up is tried again. */
const RETRY_MS = 10_000;

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
    if (!isUselessPhoto(error) && !isAppError(error, 'provider-refused')) throw toError(error);
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
  const photos = await loadPhotos(deps, draft, signal);
  const verdict = await deps.ai.moderate({ photoshootId: draft.id, text: draft.caption, photos, signal });
  if (!verdict.allowed) return refuse(deps, draft, 'provider-refused');
  const began = new Date();
  const detection = await deps.ai.detectProduct({
    photos,
    caption: draft.caption,
    language,
    photoshootId: draft.id,
    userId: draft.userId,
    signal,
  });
  const { isProduct, sameProduct, name, kind, ratio: recommendedRatio, styles } = detection;
  await recogniseProduct(deps.db, draft.id, {
    product: { isProduct, sameProduct, name, kind, recommendedRatio },
    proposals: styles,
  });
  // Where recognition works and pictures do not, it would sell what cannot be made: while an order has pictures
  // to be made, it is theirs to tell.
  if (!(await isAnyPictureDue(deps.db))) await reportRecovery(deps, began);
}

async function refuse(deps: PipelineDeps, draft: Draft, code: string): Promise<void> {
  deps.log.info({ code }, 'a photo cannot be used');
  await refuseDraft(deps.db, draft.id, code);
}

/** A provider's fault only delays a draft; the seller is told, and nothing has to be sent again. */
async function postpone(deps: PipelineDeps, draft: Draft, t: Translate): Promise<void> {
  await deps.queue.enqueue(deps.db, 'detect-product', { photoshootId: draft.id }, { delayMs: RETRY_MS });
  await editCard(deps, draft, { text: t('status-provider-busy'), keyboard: [] });
}
