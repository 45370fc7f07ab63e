/** A photo of a product in any form that Telegram has for one: the beginning of every photoshoot. */
import type { Message } from '@grammyjs/types';
import { AppError } from '../../errors.ts';
import { editCard, showDraft } from '../../messenger/card-in-place.ts';
import { beginSeries } from '../../photoshoots/draft/begin-series.ts';
import {
  confirmProduct,
  draftPhotoshoot,
  holdPhoto,
  type ReceivedPhoto,
} from '../../photoshoots/draft/draft-photoshoot.ts';
import { rememberCard } from '../../photoshoots/draft/remember-card.ts';
import { splitDraft } from '../../photoshoots/draft/split-draft.ts';
import { MAX_VIEWS } from '../../photoshoots/limits.ts';
import { readPhotos, readPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { receivedCard } from '../../screens/draft-card.ts';
import { purposeCard } from '../../screens/draft-questions.ts';
import { MAX_DOWNLOAD_BYTES } from '../../telegram/fetch-photo.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, numberOf } from '../tap.ts';
import { showCard } from './styles.ts';
import { attachPhotos } from './support.ts';

type PhotoFile = { fileId: string; fileUniqueId: string; bytes: number };

/**
 * The picture that a message carries: a photo, a file of any kind (its bytes will tell what it is, not its
 * name) or a static sticker, which is what Telegram makes of a WebP file. Null for anything else.
 */
export function photoOf(message: Message): PhotoFile | null {
  const largest = message.photo?.at(-1);
  const sticker = message.sticker;
  const isStatic = sticker !== undefined && !sticker.is_animated && !sticker.is_video;
  // An animation (GIF) also comes with a document; that is the file to take.
  const file = largest ?? message.document ?? (isStatic ? sticker : undefined);
  if (file === undefined) return null;
  return { fileId: file.file_id, fileUniqueId: file.file_unique_id, bytes: file.file_size ?? 0 };
}

/** What a photo was sent for, while a ticket waited for a message, and how many products an album shows. */
export function createPhotoFeature(deps: BotDeps): Feature<'product' | 'attach' | 'split' | 'series'> {
  return {
    commands: {},
    taps: {
      async product(conversation, tap) {
        const draftId = idOf(tap);
        await confirmProduct(deps, { draftId, userId: conversation.userId }, new Date());
        const photos = await readPhotos(deps.db, draftId);
        const { caption } = await readPhotoshoot(deps.db, draftId);
        await conversation.show(receivedCard(conversation.t, photos.length, null, caption));
        // The recognition may have been faster than the card.
        await showDraft(deps, conversation.t, draftId);
      },

      async attach(conversation, tap) {
        await attachPhotos(deps, conversation, { draftId: idOf(tap), ticketId: numberOf(tap.argument) });
      },

      /** An album of different products: styles are chosen once for all of them. */
      async series(conversation, tap) {
        const draftId = idOf(tap);
        await beginSeries(deps.db, { draftId, userId: conversation.userId }, new Date());
        await showCard(deps, conversation, draftId);
      },

      /** An album of different products: each of its photos gets a draft and a card of its own. */
      async split(conversation, tap) {
        const ids = await splitDraft(deps, { draftId: idOf(tap), userId: conversation.userId }, new Date());
        for (const id of ids) {
          const { cardMessageId, caption } = await readPhotoshoot(deps.db, id);
          const card = receivedCard(conversation.t, 1, null, caption);
          // The first has the card that was tapped.
          if (id === ids[0]) await conversation.show(card);
          else if (cardMessageId === null) {
            await rememberCard(deps.db, id, (await conversation.send(card)).message_id);
          }
          // The detection may have been faster than the card.
          await showDraft(deps, conversation.t, id);
        }
      },
    },
  };
}

/**
 * Keeps the photo and answers with the draft's card at once; recognising it is the queue's work. Somebody who was
 * asked to write to support may mean either, and is asked.
 * @throws AppError file-too-large
 */
export async function receivePhoto(
  deps: BotDeps,
  conversation: Conversation,
  message: Message,
  file: PhotoFile,
): Promise<void> {
  if (file.bytes > MAX_DOWNLOAD_BYTES) {
    throw new AppError('file-too-large', 'Telegram does not give files of this size to bots');
  }
  const photo: ReceivedPhoto = {
    userId: conversation.userId,
    chatId: conversation.chatId,
    messageId: message.message_id,
    albumId: message.media_group_id ?? null,
    fileId: file.fileId,
    fileUniqueId: file.fileUniqueId,
    caption: message.caption ?? null,
  };
  const { writingTicketId } = conversation.customer;
  // A file is a product's: it is what photos are sent as to be sharp, and a ticket has none.
  if (writingTicketId !== null && message.photo !== undefined)
    return askPurpose(deps, conversation, photo, writingTicketId);
  const drafted = await draftPhotoshoot(deps, photo, new Date());
  const { photoshoot } = drafted;
  const tooMany = drafted.ignored ? MAX_VIEWS : null;
  const card = receivedCard(conversation.t, drafted.photos, tooMany, photoshoot.caption);
  if (photoshoot.cardMessageId === null) {
    const { message_id: messageId } = await conversation.send(card);
    const remembered = await rememberCard(deps.db, photoshoot.id, messageId);
    // Whoever recognises it from here on finds the card.
    if (remembered?.state === 'draft' && remembered.product === null) return;
  } else if (photoshoot.state === 'draft' && photoshoot.product === null) {
    await editCard(deps, photoshoot, card);
  }
  // The detection may have been faster than the card.
  await showDraft(deps, conversation.t, photoshoot.id);
}

/** An album is asked about once. */
async function askPurpose(
  deps: BotDeps,
  conversation: Conversation,
  photo: ReceivedPhoto,
  ticketId: number,
): Promise<void> {
  const { photoshootId } = await holdPhoto(deps, photo, new Date());
  const { cardMessageId } = await readPhotoshoot(deps.db, photoshootId);
  if (cardMessageId !== null) return;
  const { message_id: messageId } = await conversation.send(
    purposeCard(conversation.t, photoshootId, ticketId),
  );
  await rememberCard(deps.db, photoshootId, messageId);
}
