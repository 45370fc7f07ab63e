/** What owners see in chat. */
import { statisticsCard } from '../../screens/statistics-card.ts';
import { readAdminStatistics } from '../../statistics/admin-statistics.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';

export function createAdminFeature(deps: BotDeps): Feature<never, 'admin_stats'> {
  return {
    taps: {},
    commands: {
      async admin_stats(conversation) {
        await conversation.send(
          statisticsCard(conversation.t, await readAdminStatistics(deps.db, new Date())),
        );
      },
    },
  };
}
