/** What is kept ready in this process: looked at, emptied, filled; and what is cleaned up by and by, now. */
import { recordUpkeep } from '../../owners/record-upkeep.ts';
import { cacheCard } from '../../screens/cache-card.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { notFound } from '../tap.ts';

export function createCacheFeature({
  db,
  caches,
}: Pick<BotDeps, 'db' | 'caches'>): Feature<'cache', 'cache'> {
  return {
    commands: {
      async cache({ t, send }) {
        await send(cacheCard(t, await caches.read()));
      },
    },

    taps: {
      async cache(conversation, { id }) {
        const { t, log, userId: by } = conversation;
        switch (id) {
          case 'show':
            break;
          case 'clear': {
            const removed = await caches.clear();
            log.info({ adminId: by, removed }, 'an owner has emptied the caches');
            await recordUpkeep(db, { by, act: 'clear-caches', object: 'cache:all', done: { removed } });
            await conversation.answer(t('cache-cleared', { removed }));
            break;
          }
          case 'warm': {
            const photos = await caches.warm();
            const done = { recognitions: photos };
            await recordUpkeep(db, { by, act: 'warm-caches', object: 'cache:all', done });
            await conversation.answer(t('cache-warmed', { photos }));
            break;
          }
          case 'tidy': {
            const { removed, failed } = await caches.cleanUp();
            log.info({ adminId: by, removed, failed }, 'an owner has had it cleaned up');
            await recordUpkeep(db, { by, act: 'clean-up', object: 'all', done: { removed } });
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
