/**
 * Refunds by owners, in chat: one question, whose answer says why; and money that could not be written down is tried
 * again by one tap.
 */

import { readPayment } from '../../billing/orders/payment-lists.ts';
import { amountLeft, isDivisible } from '../../billing/refunds/parts.ts';
import {
  REFUND_REASONS,
  type RefundOutcome,
  type RefundRequest,
} from '../../billing/refunds/refund-payment.ts';
import { answerRequest, beginRequest, type OwnerRequest } from '../../owners/requests.ts';
import { refundCardPayment, refundPayment } from '../../payments/refund.ts';
import { settleCharge } from '../../payments/settle-charge.ts';
import {
  confirmPartCard,
  confirmRefundCard,
  partWordsCard,
  refundOutcomeCard,
  settlementCard,
} from '../../screens/refund-cards.ts';
import { readPartWords } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';
import { showList } from './lists.ts';

export function createRefundFeature(deps: BotDeps): Feature<'refund' | 'settle'> {
  return {
    commands: {},
    taps: {
      /** Tries again what could not be written down; a second tap finds it settled. */
      async settle(conversation, tap) {
        const { userId: by, log } = conversation;
        const id = idOf(tap);
        const settlement = await settleCharge({ ...deps, log }, { id, by }, new Date());
        log.info({ adminId: by, chargeId: id, settlement }, 'a charge was tried again');
        await conversation.send(settlementCard(conversation.t, settlement));
      },

      async refund(conversation, tap) {
        const paymentId = idOf(tap);
        const [step = null, why] = tap.argument?.split(':') ?? [];
        switch (step) {
          case null: {
            const entry = await readPayment(deps.db, paymentId);
            await conversation.show(confirmRefundCard(conversation.t, conversation.customer.language, entry));
            return;
          }
          case 'yes':
          case 'hand': {
            const reason = REFUND_REASONS.find((known) => known === why);
            if (reason === undefined) throw notFound();
            const request = { paymentId, adminId: conversation.userId, reason };
            const outcome = await refund(deps, conversation, request, step);
            await conversation.show(refundOutcomeCard(conversation.t, paymentId, outcome));
            return;
          }
          case 'part': {
            const entry = await readPayment(deps.db, paymentId);
            if (!isDivisible(entry)) throw notFound();
            const { userId } = entry;
            await beginRequest(deps.db, { by: conversation.userId, act: 'refund-part', userId, paymentId });
            await conversation.send(partWordsCard(conversation.t, conversation.customer.language, entry));
            return;
          }
          case 'back':
            await conversation.show(
              await showList(deps, conversation, 'payments', { page: 1, filter: null }),
            );
            return;
          default:
            throw notFound();
        }
      },
    },
  };
}

/** `hand`: the money went back at the provider, by hand. */
async function refund(
  deps: BotDeps,
  { log, signal }: Pick<Conversation, 'log' | 'signal'>,
  request: RefundRequest,
  way: 'yes' | 'hand',
): Promise<RefundOutcome> {
  if (way === 'yes') return refundPayment({ ...deps, log }, request, signal);
  await refundCardPayment({ ...deps, log }, request);
  return 'refunded';
}

/** How much of which payment, and why: it is shown as it would be done, or asked for again. */
export async function receivePartWords(
  deps: BotDeps,
  { t, customer, userId: by, send }: Conversation,
  { id: requestId, paymentId }: OwnerRequest,
  text: string,
): Promise<void> {
  if (paymentId === null) throw new Error('a refund of a part of no payment');
  const entry = await readPayment(deps.db, paymentId);
  const written = readPartWords(text, entry.currency);
  if (written === null || written.amount > amountLeft(entry)) {
    await send(partWordsCard(t, customer.language, entry));
    return;
  }
  await answerRequest(deps.db, { requestId, by, credits: null, ...written });
  await send(confirmPartCard(t, customer.language, entry, { id: requestId, ...written }));
}
