/** Ending a subscription: by whoever pays it, or by an admin. It lasts until the end of the paid period. */
import { readRenewing } from '../../billing/orders/cancel-subscription.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import type { Money } from '../money.ts';
import { idOf } from '../tap.ts';

type Deps = Pick<BotDeps, 'db' | 'adminIds'> & { money: Pick<Money, 'endSubscription'> };

export function createSubscriptionFeature(deps: Deps): Feature<'unsubscribe'> {
  return {
    commands: {},
    taps: {
      async unsubscribe(talk, tap) {
        const isAdmin = deps.adminIds.includes(talk.userId);
        const wanted = { orderId: idOf(tap), userId: isAdmin ? null : talk.userId };
        await deps.money.endSubscription(await readRenewing(deps.db, wanted, new Date()), talk.signal);
        await talk.show({ text: talk.t('subscription-cancelled'), keyboard: [] });
      },
    },
  };
}
