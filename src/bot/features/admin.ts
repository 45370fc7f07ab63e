/** What owners see in chat. For everyone else these commands do not exist: no answer, no hint. */

import { statisticsCard } from '../../screens/statistics-card.ts';
import { readAdminStatistics } from '../../statistics/admin-statistics.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from './feature.ts';

export function createAdminFeature(deps: BotDeps): Feature<never, 'admin_stats'> {
  return {
    taps: {},
    commands: {
      async admin_stats(talk) {
        if (!deps.adminIds.includes(talk.userId)) {
          deps.log.warn({ userId: talk.userId }, 'an admin command from somebody who is no admin');
          return;
        }
        await talk.send(statisticsCard(talk.t, await readAdminStatistics(deps.db, new Date())));
      },
    },
  };
}
