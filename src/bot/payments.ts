/** Telegram's three words about money: may I take it, it has arrived, it went back. */
import type { PreCheckoutQuery, SuccessfulPayment } from '@grammyjs/types';
import { approveCheckout, type CheckoutVerdict } from '../billing/approve-checkout.ts';
import type { IncomingPayment } from '../billing/credit-payment.ts';
import { readBalance } from '../billing/read-balance.ts';
import { toError } from '../errors.ts';
import { readOwnPhotoshoot } from '../photoshoots/photoshoot.ts';
import { type Taken, takePayment } from '../photoshoots/take-payment.ts';
import { editCard } from '../screens/show-draft.ts';
import { statusCard } from '../screens/status-card.ts';
import { tellAdmins } from '../screens/tell-admins.ts';
import { isQueryTooOld } from '../telegram/errors.ts';
import type { Conversation } from './conversation.ts';
import type { BotDeps } from './deps.ts';

/** Telegram gives ten seconds; a database that needs longer than this has said no. */
const CHECKOUT_LIMIT_MS = 7_000;

/** Answers a checkout well within Telegram's time. What cannot be checked is refused: nothing is taken then. */
export async function answerCheckout(
  deps: Pick<BotDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  query: PreCheckoutQuery,
): Promise<void> {
  const t = deps.texts.in(deps.texts.match(query.from.language_code));
  const verdict = await judge(deps, query);
  try {
    await deps.gateway.call('answerPreCheckoutQuery', {
      pre_checkout_query_id: query.id,
      ...(verdict.ok ? { ok: true } : { ok: false, error_message: t(`checkout-${verdict.reason}`) }),
    });
  } catch (error) {
    if (!isQueryTooOld(error)) throw error;
  }
}

async function judge(
  deps: Pick<BotDeps, 'db' | 'log'>,
  query: PreCheckoutQuery,
): Promise<CheckoutVerdict | { ok: false; reason: 'later' }> {
  const checkout = {
    userId: query.from.id,
    payload: query.invoice_payload,
    currency: query.currency,
    amount: query.total_amount,
  };
  const late = Promise.withResolvers<{ ok: false; reason: 'later' }>();
  const timer = setTimeout(() => late.resolve({ ok: false, reason: 'later' }), CHECKOUT_LIMIT_MS);
  try {
    return await Promise.race([approveCheckout(deps.db, checkout, new Date()), late.promise]);
  } catch (error) {
    deps.log.error({ err: toError(error) }, 'a checkout could not be checked');
    return { ok: false, reason: 'later' };
  } finally {
    clearTimeout(timer);
  }
}

/** Money arrived: credit it, start what waited for it, and say so. A repeat says nothing. */
export async function receivePayment(
  deps: BotDeps,
  talk: Conversation,
  payment: SuccessfulPayment,
): Promise<void> {
  const until = payment.subscription_expiration_date;
  const incoming: IncomingPayment = {
    userId: talk.userId,
    payload: payment.invoice_payload,
    currency: payment.currency,
    amount: payment.total_amount,
    chargeId: payment.telegram_payment_charge_id,
    providerChargeId: payment.provider_payment_charge_id,
    paidUntil: until === undefined ? null : new Date(until * 1000),
    source: 'update',
  };
  const taken = await takePayment({ ...deps, referral: deps.selling.referral }, incoming, new Date());
  await tellPayment(deps, talk, taken);
}

async function tellPayment(deps: BotDeps, talk: Conversation, taken: Taken): Promise<void> {
  switch (taken.kind) {
    case 'repeated':
      return;
    case 'held':
      deps.log.error({ paymentId: taken.paymentId, reason: taken.reason }, 'a payment is held');
      await talk.send({ text: talk.t('payment-held'), keyboard: [] });
      await tellAdmins(deps, 'alert-payment-held');
      return;
    case 'credited': {
      const { credits } = await readBalance(deps.db, talk.userId);
      const word = taken.late === null ? 'payment-credited' : 'payment-credited-late';
      await talk.send({ text: talk.t(word, { added: taken.credits, credits }), keyboard: [] });
      if (taken.startedPhotoshootId !== null) await showStarted(deps, talk, taken.startedPhotoshootId);
      return;
    }
    default: {
      const never: never = taken;
      throw new Error(`unknown outcome of a payment ${String(never)}`);
    }
  }
}

async function showStarted(deps: BotDeps, talk: Conversation, photoshootId: number): Promise<void> {
  const photoshoot = await readOwnPhotoshoot(deps.db, photoshootId, talk.userId);
  if (photoshoot.state !== 'queued') return;
  await editCard(deps, photoshoot, statusCard(talk.t, photoshootId, { stage: 'queued', place: 1 }));
}
