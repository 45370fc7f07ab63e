/** Job `send-cut-out`: the product of a photoshoot with nothing around it, free, where that is sure. */
import { isAppError } from '../errors.ts';
import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { readSources } from '../photoshoots/read-sources.ts';
import { cutOutUnsureCard } from '../screens/pack-card.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import { deliverFiles } from '../telegram/deliver.ts';
import type { PipelineDeps } from './deps.ts';
import { listCandidates } from './fetch-original.ts';

/** Sends the cut-out of the first picture that allows one, or says that none does. */
export async function sendCutOut(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const { chatId, userId } = await readPhotoshoot(deps.db, photoshootId);
  const { t } = await languageOf(deps, userId);
  await reachPerson(deps.db, userId, async () => {
    const action = { chatId, action: 'upload_document' } as const;
    const made = await sendChatActionWhile(deps.gateway, action, () =>
      cutOutFirst(deps, photoshootId, signal),
    );
    if (made === null) {
      const screen = cutOutUnsureCard(t, photoshootId, { cutsOut: deps.abilities.cutsOut });
      await sendScreen(deps.gateway, chatId, screen, { signal });
      return;
    }
    const name = t('cut-out-file-name');
    const files = [
      { bytes: made.transparent, filename: `${name}.png`, contentType: 'image/png' },
      {
        bytes: made.shadow,
        filename: `${name}-shadow.jpg`,
        contentType: 'image/jpeg',
      },
      {
        bytes: made.white,
        filename: `${name}-white.jpg`,
        contentType: 'image/jpeg',
        caption: t('cut-out-caption'),
      },
    ];
    await deliverFiles(deps.gateway, { chatId, files, signal });
  });
}

async function cutOutFirst(deps: PipelineDeps, photoshootId: number, signal: AbortSignal) {
  const sources = await readSources(deps.db, photoshootId);
  for (const { generated, fetch } of await listCandidates(deps, { photoshootId, sources, signal })) {
    const bytes = await fetch();
    if (bytes === null) continue;
    try {
      const outcome = await deps.images.cutOut(bytes, { generated }, signal);
      if (outcome.kind === 'made') return outcome;
      deps.log.debug({ doubt: outcome.doubt }, 'a product was not cut out');
    } catch (error) {
      if (!isAppError(error) || !error.code.startsWith('image-')) throw error;
    }
  }
  return null;
}
