/** What could not be handled is tried again by one tap of an owner (features/lists shows it). */
import { retryDeadUpdate } from '../../support/dead-updates.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf } from '../tap.ts';
import { failedList } from './lists.ts';

export function createDeadUpdateFeature(deps: BotDeps): Feature<'retry'> {
  return {
    commands: {},
    taps: {
      async retry(conversation, tap) {
        const updateId = idOf(tap);
        const retried = await retryDeadUpdate(deps.db, { by: conversation.userId, updateId });
        conversation.log.info(
          { adminId: conversation.userId, deadUpdateId: updateId, retried },
          'an update that was given up is tried again',
        );
        await conversation.answer(conversation.t(retried ? 'retry-begun' : 'retry-gone'));
        await conversation.show(await failedList(deps, conversation, { page: 1, filter: null }));
      },
    },
  };
}
