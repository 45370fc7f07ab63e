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
  const isAdmin = (conversation: Conversation): boolean => {
    if (deps.adminIds.includes(conversation.userId)) return true;
    conversation.log.warn({ userId: conversation.userId }, 'a refund from somebody who is no admin');
    return false;
  };
  return {
    commands: {
      /** `/payments`, or `/payments <id of a person>`. */
      async payments(conversation) {
        const named = conversation.update.message?.text?.split(/\s+/)[1];
        const userId = named === undefined ? null : readId(named);
        if (named !== undefined && userId === null) throw notFound();
        const entries = await readPayments(deps.db, { userId, limit: PAYMENTS_IN_LIST });
        await conversation.send(paymentsCard(conversation.t, conversation.customer.language, entries));
      },

      async held(conversation) {
        const held = await readHeldPayments(deps.db, PAYMENTS_IN_LIST);
        const unsettled = await readUnsettled(deps.db, PAYMENTS_IN_LIST);
        await conversation.send(heldCard(conversation.t, conversation.customer.language, held, unsettled));
      },
    },

    taps: {
      /** Tries again what could not be written down; a second tap finds it settled. */
      async settle(conversation, tap) {
        if (!isAdmin(conversation)) throw notFound();
        const settlement = await settleCharge({ ...deps, log: conversation.log }, idOf(tap), new Date());
        conversation.log.info(
          { adminId: conversation.userId, chargeId: idOf(tap), settlement },
          'a charge was tried again',
        );
        await conversation.send(settlementCard(conversation.t, settlement));
      },

      async refund(conversation, tap) {
        if (!isAdmin(conversation)) throw notFound();
        const request = { paymentId: idOf(tap), adminId: conversation.userId };
        switch (tap.argument) {
          case null: {
            const entry = await readPayment(deps.db, request.paymentId);
            await conversation.show(confirmRefundCard(conversation.t, conversation.customer.language, entry));
            return;
          }
          case 'yes': {
            const outcome = await refundPayment(
              { ...deps, log: conversation.log },
              request,
              conversation.signal,
            );
            await conversation.show(refundOutcomeCard(conversation.t, request.paymentId, outcome));
            return;
          }
          case 'hand':
            await refundByHand(deps.db, request, new Date());
            await conversation.show(refundOutcomeCard(conversation.t, request.paymentId, 'refunded'));
            return;
          case 'back': {
            const entries = await readPayments(deps.db, { userId: null, limit: PAYMENTS_IN_LIST });
            await conversation.show(paymentsCard(conversation.t, conversation.customer.language, entries));
            return;
          }
          default:
            throw notFound();
        }
      },
    },
  };
}
