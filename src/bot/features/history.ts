/** The seller's pictures so far, sent again by the file ids that Telegram keeps. */
import { readDelivered, readHistory } from '../../photoshoots/history.ts';
import { readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import { readPictures } from '../../photoshoots/run/start-photoshoot.ts';
import { HISTORY_PAGE_SIZE, historyCard, pastCard } from '../../screens/menu-cards.ts';
import { shownCard } from '../../screens/result-card.ts';
import type { Screen } from '../../screens/screen.ts';
import { deliverAlbum } from '../../telegram/deliver.ts';
import { escapeHtml } from '../../telegram/escape-html.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound, numberOf } from '../tap.ts';

export function createHistoryFeature(deps: BotDeps): Feature<'history' | 'past' | 'show', 'history'> {
  return {
    commands: {
      async history(conversation) {
        await conversation.send(await historyScreen(deps, conversation, 1));
      },
    },

    taps: {
      async history(conversation, tap) {
        await conversation.show(await historyScreen(deps, conversation, idOf(tap)));
      },

      async past(conversation, tap) {
        const { t, userId, customer } = conversation;
        const photoshoot = await readOwnPhotoshoot(deps.db, idOf(tap), userId);
        const pictures = await readDelivered(deps.db, { photoshootId: photoshoot.id, userId });
        const [first] = pictures;
        if (first === undefined) throw notFound();
        if (photoshoot.state !== 'completed' && photoshoot.state !== 'cancelled') throw notFound();
        const card = pastCard(
          t,
          customer.language,
          {
            photoshootId: photoshoot.id,
            productName: photoshoot.product?.name ?? null,
            finishedAt: photoshoot.finishedAt,
            styles: pictures.map(({ style }) => style),
            page: numberOf(tap.argument),
          },
          new Date(),
        );
        await conversation.showWithPicture(first.fileId, card);
      },

      async show(conversation, tap) {
        const photoshoot = await readOwnPhotoshoot(deps.db, idOf(tap), conversation.userId);
        const pictures = await readDelivered(deps.db, {
          photoshootId: photoshoot.id,
          userId: conversation.userId,
        });
        if (pictures.length === 0) throw notFound();
        const name = escapeHtml(photoshoot.product?.name || conversation.t('result-product'));
        const caption = conversation.t('history-caption', { name });
        await deliverAlbum(deps.gateway, {
          chatId: conversation.chatId,
          pictures: pictures.map(({ fileId }, index) => (index === 0 ? { fileId, caption } : { fileId })),
          signal: conversation.signal,
        });
        await conversation.send(
          shownCard(conversation.t, {
            photoshootId: photoshoot.id,
            size: photoshoot.size,
            isCutOut: photoshoot.cutOutOf !== null,
            originalsArePng: deps.abilities.originalsArePng,
            productName: photoshoot.product?.name ?? null,
            isCorrection: pictures.some(({ isCorrection }) => isCorrection),
            ordered: (await readPictures(deps.db, photoshoot.id)).length,
            delivered: pictures.map(({ pictureId, position, nextCredits }) => ({
              id: pictureId,
              position,
              nextCredits,
            })),
          }),
        );
      },
    },
  };
}

/** A page of the history; the last one in place of a page that is not there (any more). */
async function historyScreen(deps: BotDeps, conversation: Conversation, page: number): Promise<Screen> {
  const read = (wanted: number) =>
    readHistory(deps.db, { userId: conversation.userId, page: wanted, pageSize: HISTORY_PAGE_SIZE });
  const history = await read(page);
  const last = Math.max(1, Math.ceil(history.total / HISTORY_PAGE_SIZE));
  const { language } = conversation.customer;
  if (page > last) return historyCard(conversation.t, language, { ...(await read(last)), page: last });
  return historyCard(conversation.t, language, { ...history, page });
}
