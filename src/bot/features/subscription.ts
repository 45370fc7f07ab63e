/** Ending a subscription, by whoever pays it or by an admin, and taking it up again before it is over. */
import { readEnding, readRenewing } from '../../billing/orders/cancel-subscription.ts';
import { may } from '../../owners/rights.ts';
import { allowResuming, endSubscription } from '../../payments/end-subscription.ts';
import { unsubscribeCard } from '../../screens/buy-card.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

export function createSubscriptionFeature(deps: BotDeps): Feature<'unsubscribe' | 'resubscribe'> {
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

      async resubscribe(conversation, tap) {
        const { userId, t, signal } = conversation;
        const ending = await readEnding(deps.db, { orderId: idOf(tap), userId }, new Date());
        await allowResuming(deps, ending, signal);
        await conversation.send({ text: t('subscription-reopened'), keyboard: [] });
      },
    },
  };
}
