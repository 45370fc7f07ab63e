/** Everything that moves money with Telegram, on one set of parts. */
import type { EndingSubscription } from '../billing/orders/cancel-subscription.ts';
import type { IncomingPayment } from '../billing/orders/credit-payment.ts';
import type { RefundRequest } from '../billing/refunds/refund-payment.ts';
import type { Person } from '../customers/register-customer.ts';
import { type PaymentDeps, receivePayment } from './receive-payment.ts';
import { receiveRefund } from './receive-refund.ts';
import { createReconciliation } from './reconcile.ts';
import { endSubscription, refundPayment } from './refund.ts';
import { createChargeReport } from './report-charge.ts';
import { finishPayments, settleCharge } from './settle-charge.ts';

export function createMoney(deps: PaymentDeps) {
  const reportCharge = createChargeReport(deps);
  return {
    receivePayment: (incoming: IncomingPayment, payer: Person) =>
      receivePayment(deps, incoming, payer, 'at-once', new Date()),
    refund: (request: RefundRequest, signal: AbortSignal) => refundPayment(deps, request, signal),
    receiveRefund: (chargeId: string) => receiveRefund(deps, chargeId, new Date()),
    reportCharge,
    settleCharge: (id: number) => settleCharge(deps, id, new Date()),
    endSubscription: (subscription: EndingSubscription, signal: AbortSignal) =>
      endSubscription(deps, subscription, signal),
    /** Compares with Telegram's list; each process keeps where it stands in it. */
    reconcile: createReconciliation({ ...deps, reportCharge }),
    /** Tries again what could not be settled, and places what is paid for and still waits. */
    finishPayments: () => finishPayments(deps, new Date()),
  };
}
