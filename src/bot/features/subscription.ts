/** Ending a subscription: by whoever pays it, or by an admin. It lasts until the end of the paid period. */
import { readRenewing } from '../../billing/orders/cancel-subscription.ts';
import { may } from '../../owners/rights.ts';
import { endSubscription } from '../../payments/end-subscription.ts';
import { unsubscribeCard } from '../../screens/buy-card.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

export function createSubscriptionFeature(deps: BotDeps): Feature<'unsubscribe'> {
  return {
    commands: {},
    taps: {
      async unsubscribe(conversation, tap) {
        const mayEndAny = may(conversation.role, 'refund');
        const wanted = { orderId: idOf(tap), userId: mayEndAny ? null : conversation.userId };
        const renewing = await readRenewing(deps.db, wanted, new Date());
        switch (tap.argument) {
          case null:
            await conversation.show(unsubscribeCard(conversation.t, renewing.orderId));
            return;
          case 'yes':
            await endSubscription({ ...deps, log: conversation.log }, renewing, conversation.signal);
            await conversation.show({ text: conversation.t('subscription-cancelled'), keyboard: [] });
            return;
          case 'no':
            await conversation.show({ text: conversation.t('subscription-kept'), keyboard: [] });
            return;
          default:
            throw notFound();
        }
      },
    },
  };
}
