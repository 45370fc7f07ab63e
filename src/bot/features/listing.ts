/** The text of a listing: asked for below a result, written by the queue. */
import { readDelivered } from '../../photoshoots/history.ts';
import { readOwnPhotoshoot } from '../../photoshoots/read-photoshoot.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

/** A second tap within this time is impatience, later it is a wish to have the text again. */
const ONCE_SECONDS = 15;

export function createListingFeature(deps: BotDeps): Feature<'listing'> {
  return {
    commands: {},
    taps: {
      async listing(conversation, tap) {
        const { userId } = conversation;
        const { id: photoshootId } = await readOwnPhotoshoot(deps.db, idOf(tap), userId);
        if ((await readDelivered(deps.db, { photoshootId, userId })).length === 0) throw notFound();
        const once = { key: `listing:${photoshootId}`, withinSeconds: ONCE_SECONDS };
        await deps.queue.enqueue(deps.db, 'send-listing', { photoshootId }, { once });
        await conversation.answer(conversation.t('listing-begun'));
      },
    },
  };
}
