/** Job `send-jpegs`: the originals of a photoshoot once more, as JPEG, for whoever is asked for that. */
import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { rememberJpeg } from '../photoshoots/originals.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { type PictureSource, readSources } from '../photoshoots/read-sources.ts';
import { fileNameOf } from '../screens/file-name.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import { deliverOriginals, type OriginalFile } from '../telegram/deliver.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';
import { fetchOriginal } from './fetch-original.ts';

/** Sends them as one album; from the second time on by Telegram's own file ids, which costs nothing. */
export async function sendJpegs(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  await reachPerson(deps.db, photoshoot.userId, () => send(deps, photoshoot, signal));
}

async function send(deps: PipelineDeps, photoshoot: Photoshoot, signal: AbortSignal): Promise<void> {
  const { id, userId, chatId } = photoshoot;
  const { t } = await languageOf(deps, userId);
  const sources = await readSources(deps.db, id);
  const made: { pictureId: number; file: OriginalFile }[] = [];
  const sent = await sendChatActionWhile(deps.gateway, { chatId, action: 'upload_document' }, async () => {
    // One after the other, so that the bytes of one original are held at a time.
    for (const source of sources) {
      const file = await toJpeg(deps, t, photoshoot.product?.name, source, signal);
      if (file !== null) made.push({ pictureId: source.pictureId, file });
    }
    if (made.length === 0) return [];
    const files = made.map(({ file }) => file);
    return deliverOriginals(deps.gateway, { chatId, files, caption: t('jpegs-caption'), signal });
  });
  if (made.length === 0) {
    await sendScreen(deps.gateway, chatId, { text: t('originals-gone'), keyboard: [] }, { signal });
  }
  for (const [index, { pictureId }] of made.entries()) {
    const fileId = sent[index]?.fileId;
    if (fileId !== undefined) await rememberJpeg(deps.db, pictureId, fileId);
  }
}

/** Null where no original is kept any more: the preview is none. */
async function toJpeg(
  deps: PipelineDeps,
  t: Translate,
  productName: string | undefined,
  { pictureId, position, documentFileId, jpegFileId }: PictureSource,
  signal: AbortSignal,
): Promise<OriginalFile | null> {
  if (jpegFileId !== null) return { fileId: jpegFileId };
  const original = await fetchOriginal(deps, { pictureId, documentFileId, photoFileId: null }, signal);
  if (original === null) return null;
  const { file: bytes, thumbnail } = await deps.images.jpegOriginal(original.bytes, signal);
  return {
    bytes,
    kind: 'jpeg',
    filename: fileNameOf(t, productName, position, 'jpg'),
    thumbnailJpeg: thumbnail,
  };
}
