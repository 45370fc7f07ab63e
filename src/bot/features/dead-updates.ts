/** What could not be handled: owners see it, and have it tried again by one tap. */
import { deadUpdatesCard } from '../../screens/dead-updates-card.ts';
import { readDeadUpdates, retryDeadUpdate } from '../../support/dead-updates.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

const UPDATES_IN_LIST = 10;

export function createDeadUpdateFeature(deps: BotDeps): Feature<'retry', 'failed'> {
  return {
    commands: {
      async failed(conversation) {
        const dead = await readDeadUpdates(deps.db, UPDATES_IN_LIST);
        await conversation.send(deadUpdatesCard(conversation.t, dead));
      },
    },
    taps: {
      async retry(conversation, tap) {
        if (!deps.adminIds.includes(conversation.userId)) throw notFound();
        const updateId = idOf(tap);
        const retried = await retryDeadUpdate(deps.db, updateId);
        conversation.log.info(
          { adminId: conversation.userId, deadUpdateId: updateId, retried },
          'an update that was given up is tried again',
        );
        await conversation.answer(conversation.t(retried ? 'retry-begun' : 'retry-gone'));
        await conversation.show(
          deadUpdatesCard(conversation.t, await readDeadUpdates(deps.db, UPDATES_IN_LIST)),
        );
      },
    },
  };
}
