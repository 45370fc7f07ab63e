import { readBalance } from '../billing/ledger/read-balance.ts';
import { welcomeCustomer } from '../billing/ledger/welcome-gift.ts';
import type { IncomingPayment } from '../billing/orders/credit-payment.ts';
import { readLanguage } from '../customers/read-language.ts';
import { type Person, registerCustomer } from '../customers/register-customer.ts';
import { toError } from '../errors.ts';
import { editCard } from '../messenger/card-in-place.ts';
import { languageOf } from '../messenger/language-of.ts';
import { sendQueuedCard } from '../messenger/queued-card.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { tellAdmins } from '../messenger/tell-admins.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { readSeries } from '../photoshoots/draft/place-series.ts';
import { type TakenPayment, takePayment } from '../photoshoots/draft/take-payment.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { statusCard } from '../screens/status-card.ts';
import type { PaymentsDeps } from './deps.ts';
import { endUnwantedSubscriptions } from './end-subscription.ts';

/** How the money came to us. `late`: by another way than Telegram's message, or not at the first try. */
export type Arrival = 'at-once' | 'late';

/**
 * Money arrived, wherever it was heard of: it is credited once for each charge, what waited for it starts, and
 * the buyer is told. A repeat says nothing. Nothing but the database can make it fail: once it is credited,
 * what cannot be said or placed is only logged.
 * @param payer who paid; they may never have written to the bot
 */
export async function receivePayment(
  deps: PaymentsDeps,
  incoming: IncomingPayment,
  payer: Person,
  arrival: Arrival,
  now: Date,
): Promise<TakenPayment> {
  // An invoice that was passed on can be paid by somebody who never wrote to the bot.
  if ((await readLanguage(deps.db, payer.id)) === null) {
    const { pseudonymOf, freeCredits: credits } = deps;
    await registerCustomer(deps.db, payer, async (tx, userId) => {
      await welcomeCustomer(tx, { userId, pseudonymOf, credits }, now);
    });
  }
  const taken = await takePayment(deps, incoming, now);
  const { placingFault } = taken;
  if (placingFault !== null) {
    deps.log.error({ err: placingFault, userId: payer.id }, 'a paid photoshoot could not be placed');
  }
  try {
    await tellPayment(deps, incoming.userId, taken, arrival);
    if (taken.kind === 'credited' && taken.order.kind === 'subscription')
      await endUnwantedSubscriptions(deps);
  } catch (error) {
    deps.log.warn({ err: toError(error), userId: payer.id }, 'a payment could not be told');
  }
  return taken;
}

async function tellPayment(
  deps: PaymentsDeps,
  userId: number,
  taken: TakenPayment,
  arrival: Arrival,
): Promise<void> {
  switch (taken.kind) {
    case 'repeated':
      break;
    case 'held':
      deps.log.error({ paymentId: taken.paymentId, reason: taken.reason }, 'a payment is held');
      // Who finds or retries payments tells the admins what became of them.
      if (arrival === 'at-once') await tellAdmins(deps, 'alert-payment-held');
      await tellPerson(deps, userId, (t) => t('payment-held'));
      break;
    case 'credited': {
      if (arrival === 'late') {
        deps.log.warn({ paymentId: taken.paymentId }, 'a payment was credited that had not been');
      }
      const { credits } = await readBalance(deps.db, userId);
      const word = wordFor(taken.late !== null, arrival);
      await tellPerson(deps, userId, (t) => {
        const thanks = t(word, { added: taken.credits, credits });
        return taken.placingFault === null ? thanks : `${thanks}\n\n${t('payment-order-follows')}`;
      });
      break;
    }
    default: {
      const never: never = taken;
      throw new Error(`unknown outcome of a payment ${String(never)}`);
    }
  }
  if (taken.startedPhotoshootId !== null) await showStarted(deps, taken.startedPhotoshootId);
}

function wordFor(isSecondPurchase: boolean, arrival: Arrival): string {
  if (arrival === 'late') return 'payment-found';
  return isSecondPurchase ? 'payment-credited-late' : 'payment-credited';
}

async function showStarted(deps: PaymentsDeps, photoshootId: number): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  if (photoshoot.state !== 'queued') return;
  const { t } = await languageOf(deps, photoshoot.userId);
  await editCard(deps, photoshoot, statusCard(t, photoshootId, { stage: 'queued', place: 1 }));
  const series = { draftId: photoshootId, userId: photoshoot.userId };
  for (const id of await readSeries(deps.db, series)) {
    await reachPerson(deps.db, photoshoot.userId, () => sendQueuedCard(deps, t, id));
  }
}
