import { GIVE_BACK_REASONS } from '../photoshoots/give-back.ts';
import { PHOTOSHOOT_STATES } from '../photoshoots/photoshoot.ts';
import type { AdminStatistics } from '../statistics/admin-statistics.ts';
import type { Translate } from '../texts/texts.ts';
import type { Screen } from './screen.ts';

const MICRO_USD = 1_000_000;

export function statisticsCard(t: Translate, statistics: AdminStatistics): Screen {
  const { photoshoots, costMicroUsd, givenBackReasons, ...figures } = statistics;
  const states = PHOTOSHOOT_STATES.map((state) => t(`admin-state-${state}`, { count: photoshoots[state] }));
  const reasons = [
    ...GIVE_BACK_REASONS.map((reason) =>
      t('admin-reason', { reason: t(`reason-${reason}`), count: givenBackReasons[reason] ?? 0 }),
    ),
    t('admin-reason-none', { count: givenBackReasons.none ?? 0 }),
  ];
  return {
    text: t('admin-stats', {
      ...figures,
      reasons: reasons.join('\n'),
      photoshoots: states.join('\n'),
      cost: (costMicroUsd / MICRO_USD).toFixed(2),
    }),
    keyboard: [],
  };
}
