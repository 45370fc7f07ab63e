import { PHOTOSHOOT_STATES } from '../photoshoots/photoshoot.ts';
import type { AdminStatistics } from '../statistics/admin-statistics.ts';
import type { Translate } from '../texts/texts.ts';
import type { Screen } from './screen.ts';

const MICRO_USD = 1_000_000;

export function statisticsCard(t: Translate, statistics: AdminStatistics): Screen {
  const { photoshoots, costMicroUsd, ...figures } = statistics;
  const states = PHOTOSHOOT_STATES.map((state) => t(`admin-state-${state}`, { count: photoshoots[state] }));
  return {
    text: t('admin-stats', {
      ...figures,
      photoshoots: states.join('\n'),
      cost: (costMicroUsd / MICRO_USD).toFixed(2),
    }),
    keyboard: [],
  };
}
