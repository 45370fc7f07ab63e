/** Job `send-originals`: what was made in a photoshoot, without loss, as one album of files. */

import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { type Original, readOriginals, rememberOriginal } from '../photoshoots/originals.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { fileNameOf } from '../screens/file-name.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import { deliverOriginals, type OriginalFile } from '../telegram/deliver.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';

/**
 * Sends the originals; from the second time on by Telegram's own file ids, which costs nothing. Only here
 * are PNGs made (of what is no JPEG), because most sellers look before they fetch.
 */
export async function sendOriginals(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  await reachPerson(deps.db, photoshoot.userId, () => send(deps, photoshoot, signal));
}

async function send(deps: PipelineDeps, photoshoot: Photoshoot, signal: AbortSignal): Promise<void> {
  const { id: photoshootId, userId, chatId } = photoshoot;
  const { t } = await languageOf(deps, userId);
  const originals = await readOriginals(deps.db, { photoshootId, userId });
  const available = originals.filter((original) => original.kind !== 'gone');
  if (available.length === 0) {
    await sendScreen(deps.gateway, chatId, { text: t('originals-gone'), keyboard: [] }, { signal });
    return;
  }
  const sent = await sendChatActionWhile(deps.gateway, { chatId, action: 'upload_document' }, async () => {
    const files = await Promise.all(
      available.map((original) => toFile(deps, t, photoshoot.product?.name, original, signal)),
    );
    return deliverOriginals(deps.gateway, { chatId, files, caption: t('originals-caption'), signal });
  });
  for (const [index, original] of available.entries()) {
    const fileId = sent[index]?.fileId;
    if (fileId !== undefined) await rememberOriginal(deps.db, original.pictureId, fileId);
  }
}

async function toFile(
  deps: PipelineDeps,
  t: Translate,
  productName: string | undefined,
  original: Exclude<Original, { kind: 'gone' }>,
  signal: AbortSignal,
): Promise<OriginalFile> {
  if (original.kind === 'sent') return { fileId: original.fileId };
  const { file: bytes, kind, thumbnail } = await deps.images.original(original.bytes, signal);
  const extension = kind === 'png' ? 'png' : 'jpg';
  return {
    bytes,
    kind,
    filename: fileNameOf(t, productName, original.position, extension),
    thumbnailJpeg: thumbnail,
  };
}
