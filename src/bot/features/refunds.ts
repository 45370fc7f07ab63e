/**
 * Refunds by admins, in chat: the newest payments and one tap with one question; and the money that waits for
 * somebody, because it fits no order or could not be written down.
 */
import { readHeldPayments, readPayment, readPayments } from '../../billing/orders/payment-lists.ts';
import { readUnsettled } from '../../billing/orders/unsettled-charges.ts';
import { refundByHand } from '../../billing/refunds/refund-payment.ts';
import { refundPayment } from '../../payments/refund.ts';
import { settleCharge } from '../../payments/settle-charge.ts';
import { readId } from '../../screens/callback-data.ts';
import {
  confirmRefundCard,
  heldCard,
  paymentsCard,
  refundOutcomeCard,
  settlementCard,
} from '../../screens/refund-cards.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

const PAYMENTS_IN_LIST = 10;

export function createRefundFeature(deps: BotDeps): Feature<'refund' | 'settle', 'payments' | 'held'> {
  const isAdmin = (talk: Conversation): boolean => {
    if (deps.adminIds.includes(talk.userId)) return true;
    talk.log.warn({ userId: talk.userId }, 'a refund from somebody who is no admin');
    return false;
  };
  return {
    commands: {
      /** `/payments`, or `/payments <id of a person>`. */
      async payments(talk) {
        const named = talk.update.message?.text?.split(/\s+/)[1];
        const userId = named === undefined ? null : readId(named);
        if (named !== undefined && userId === null) throw notFound();
        const entries = await readPayments(deps.db, { userId, limit: PAYMENTS_IN_LIST });
        await talk.send(paymentsCard(talk.t, talk.customer.language, entries));
      },

      async held(talk) {
        const held = await readHeldPayments(deps.db, PAYMENTS_IN_LIST);
        const unsettled = await readUnsettled(deps.db, PAYMENTS_IN_LIST);
        await talk.send(heldCard(talk.t, talk.customer.language, held, unsettled));
      },
    },

    taps: {
      /** Tries again what could not be written down; a second tap finds it settled. */
      async settle(talk, tap) {
        if (!isAdmin(talk)) throw notFound();
        const settlement = await settleCharge({ ...deps, log: talk.log }, idOf(tap), new Date());
        talk.log.info({ adminId: talk.userId, chargeId: idOf(tap), settlement }, 'a charge was tried again');
        await talk.send(settlementCard(talk.t, settlement));
      },

      async refund(talk, tap) {
        if (!isAdmin(talk)) throw notFound();
        const request = { paymentId: idOf(tap), adminId: talk.userId };
        switch (tap.argument) {
          case null: {
            const entry = await readPayment(deps.db, request.paymentId);
            await talk.show(confirmRefundCard(talk.t, talk.customer.language, entry));
            return;
          }
          case 'yes': {
            const outcome = await refundPayment({ ...deps, log: talk.log }, request, talk.signal);
            await talk.show(refundOutcomeCard(talk.t, request.paymentId, outcome));
            return;
          }
          case 'hand':
            await refundByHand(deps.db, request, new Date());
            await talk.show(refundOutcomeCard(talk.t, request.paymentId, 'refunded'));
            return;
          case 'back': {
            const entries = await readPayments(deps.db, { userId: null, limit: PAYMENTS_IN_LIST });
            await talk.show(paymentsCard(talk.t, talk.customer.language, entries));
            return;
          }
          default:
            throw notFound();
        }
      },
    },
  };
}
