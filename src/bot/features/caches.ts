/** What is kept ready in this process: looked at, emptied, filled; and what is cleaned up by and by, now. */
import { cacheCard } from '../../screens/cache-card.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { notFound } from '../tap.ts';

export function createCacheFeature({ caches }: Pick<BotDeps, 'caches'>): Feature<'cache', 'cache'> {
  return {
    commands: {
      async cache({ t, send }) {
        await send(cacheCard(t, await caches.read()));
      },
    },

    taps: {
      async cache(conversation, { id }) {
        const { t, log, userId } = conversation;
        switch (id) {
          case 'show':
            break;
          case 'clear': {
            const removed = await caches.clear();
            log.info({ adminId: userId, removed }, 'an owner has emptied the caches');
            await conversation.answer(t('cache-cleared', { removed }));
            break;
          }
          case 'warm':
            await conversation.answer(t('cache-warmed', { photos: await caches.warm() }));
            break;
          case 'tidy': {
            const { removed, failed } = await caches.cleanUp();
            log.info({ adminId: userId, removed, failed }, 'an owner has had it cleaned up');
            await conversation.answer(
              failed === 0 ? t('clean-up-done', { removed }) : t('clean-up-partly', { removed, failed }),
            );
            break;
          }
          default:
            throw notFound();
        }
        await conversation.show(cacheCard(t, await caches.read()));
      },
    },
  };
}
