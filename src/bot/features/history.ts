/** The seller's pictures so far, sent again by the file ids that Telegram keeps. */
import { readDelivered, readHistory } from '../../photoshoots/history.ts';
import { readOwnPhotoshoot } from '../../photoshoots/photoshoot.ts';
import { readPictures } from '../../photoshoots/run/start-photoshoot.ts';
import { HISTORY_PAGE_SIZE, historyCard } from '../../screens/menu-cards.ts';
import { shownCard } from '../../screens/result-card.ts';
import type { Screen } from '../../screens/screen.ts';
import { deliverAlbum } from '../../telegram/deliver.ts';
import { escapeHtml } from '../../telegram/escape-html.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

export function createHistoryFeature(deps: BotDeps): Feature<'history' | 'show', 'history'> {
  return {
    commands: {
      async history(talk) {
        await talk.send(await historyScreen(deps, talk, 1));
      },
    },

    taps: {
      async history(talk, tap) {
        await talk.show(await historyScreen(deps, talk, idOf(tap)));
      },

      async show(talk, tap) {
        const photoshoot = await readOwnPhotoshoot(deps.db, idOf(tap), talk.userId);
        const pictures = await readDelivered(deps.db, { photoshootId: photoshoot.id, userId: talk.userId });
        if (pictures.length === 0) throw notFound();
        const name = escapeHtml(photoshoot.product?.name || talk.t('result-product'));
        const caption = talk.t('history-caption', { name });
        await deliverAlbum(deps.gateway, {
          chatId: talk.chatId,
          pictures: pictures.map(({ fileId }, index) => (index === 0 ? { fileId, caption } : { fileId })),
          signal: talk.signal,
        });
        await talk.send(
          shownCard(talk.t, {
            photoshootId: photoshoot.id,
            productName: photoshoot.product?.name ?? null,
            ordered: (await readPictures(deps.db, photoshoot.id)).length,
            delivered: pictures.map(({ pictureId, position }) => ({ id: pictureId, position })),
          }),
        );
      },
    },
  };
}

/** A page of the history; the last one in place of a page that is not there (any more). */
async function historyScreen(deps: BotDeps, talk: Conversation, page: number): Promise<Screen> {
  const read = (wanted: number) =>
    readHistory(deps.db, { userId: talk.userId, page: wanted, pageSize: HISTORY_PAGE_SIZE });
  const history = await read(page);
  const last = Math.max(1, Math.ceil(history.total / HISTORY_PAGE_SIZE));
  const { language } = talk.customer;
  if (page > last) return historyCard(talk.t, language, { ...(await read(last)), page: last });
  return historyCard(talk.t, language, { ...history, page });
}
