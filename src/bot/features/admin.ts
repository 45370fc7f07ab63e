/** What owners see in chat. */
import { statisticsCard } from '../../screens/statistics-card.ts';
import { readOverview } from '../../statistics/overview.ts';
import { PERIODS, type Period, periodOf, readPeriod } from '../../statistics/period.ts';
import { wordsAfterCommand } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { notFound } from '../tap.ts';

export function createAdminFeature(deps: BotDeps): Feature<'figures', 'admin_stats'> {
  const { timeZone } = deps.counting;
  const screen = async ({ t, customer }: Conversation, period: Period, now: Date) =>
    statisticsCard(t, customer.language, await readOverview(deps.db, { ...deps.counting, period }, now));
  return {
    commands: {
      async admin_stats(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const now = new Date();
        const period = words === '' ? periodOf('today', timeZone, now) : readPeriod(words.split(/\s+/));
        if (period === null) {
          await conversation.send({ text: conversation.t('figures-usage'), keyboard: [] });
          return;
        }
        await conversation.send(await screen(conversation, period, now));
      },
    },
    taps: {
      async figures(conversation, tap) {
        const name = PERIODS.find((period) => period === tap.id);
        if (name === undefined || !deps.adminIds.includes(conversation.userId)) throw notFound();
        const now = new Date();
        await conversation.answer();
        await conversation.show(await screen(conversation, periodOf(name, timeZone, now), now));
      },
    },
  };
}
