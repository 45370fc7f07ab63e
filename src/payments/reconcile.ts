/** Compares Telegram's own list of transactions with our payments and repairs what a crash has lost. */
import type { StarTransaction } from '@grammyjs/types';
import { readChargeStates, readOpenRefunds } from '../billing/orders/reconcile-payments.ts';
import { toError } from '../errors.ts';
import { tellAdmins } from '../messenger/tell-admins.ts';
import type { PaymentsDeps } from './deps.ts';
import { endUnwantedSubscriptions } from './end-subscription.ts';
import { chargeOf, type Repair, reconcileCharge } from './reconcile-charge.ts';
import { carryOutRefund } from './refund.ts';
import type { ReportCharge } from './report-charge.ts';
import { countOlder, pagesFrom, timeOf } from './transactions.ts';

/** How far a start looks back: longer than any update that Telegram keeps (a day) and a long holiday. */
const LOOK_BACK_MS = 14 * 86_400_000;
/** What is younger may still be under way by itself. */
const GRACE_MS = 60_000;

export type ReconcileDeps = PaymentsDeps & { reportCharge: ReportCharge };
export type Repairs = Record<Exclude<Repair, 'nothing'>, number>;
export type Reconcile = ReturnType<typeof createReconciliation>;

/**
 * Makes the function that compares and repairs; call it at the start and by a schedule. Several processes may:
 * each repair is made once, and told by the one that made it.
 */
export function createReconciliation(deps: ReconcileDeps) {
  /** How many transactions from the beginning of the list are settled. The list only grows at its end. */
  let settled: number | null = null;

  /** Goes through what is new in the list; what failed is where the next run goes on. */
  async function compare(repairs: Repairs, now: Date, signal?: AbortSignal): Promise<void> {
    settled ??= await countOlder(deps.gateway, new Date(now.getTime() - LOOK_BACK_MS), signal);
    let next = settled;
    let failedAt: number | null = null;
    pages: for await (const page of pagesFrom(deps.gateway, settled, signal)) {
      const states = await readChargeStates(
        deps.db,
        page.map((transaction) => transaction.id),
      );
      for (const transaction of page) {
        if (timeOf(transaction) > now.getTime() - GRACE_MS) break pages;
        try {
          count(repairs, await reconcileCharge(deps, transaction, states.get(transaction.id), now));
        } catch (error) {
          deps.log.error({ err: toError(error) }, 'a transaction could not be reconciled');
          failedAt ??= next;
          await report(transaction);
        }
        next += 1;
      }
    }
    settled = failedAt ?? next;
  }

  /** What this run cannot settle is not left to the log: the buyer, the admins and `/held` know of it. */
  async function report(transaction: StarTransaction): Promise<void> {
    const charge = chargeOf(transaction, deps.texts);
    try {
      if (charge !== null) await deps.reportCharge(charge);
    } catch (error) {
      deps.log.error({ err: toError(error) }, 'a transaction could not even be reported');
    }
  }

  /** Asks again for the refunds of which nobody knows what became: Telegram refunds a charge once. */
  async function askAgain(repairs: Repairs, now: Date, signal?: AbortSignal): Promise<void> {
    const open = await readOpenRefunds(deps.db, new Date(now.getTime() - GRACE_MS));
    for (const refund of open) {
      const { outcome, ended } = await carryOutRefund(deps, refund, signal);
      if (!ended) continue;
      if (outcome === 'refunded') count(repairs, 'refund');
      else await tellAdmins(deps, 'alert-refund-refused', { id: String(refund.paymentId) });
    }
  }

  /** @returns what this process repaired */
  return async (now: Date, signal?: AbortSignal): Promise<Repairs> => {
    const repairs: Repairs = { payment: 0, held: 0, refund: 0, chargeback: 0 };
    await compare(repairs, now, signal);
    await askAgain(repairs, now, signal);
    await endUnwantedSubscriptions(deps);
    if (Object.values(repairs).some((repaired) => repaired > 0)) {
      deps.log.warn(repairs, 'the reconciliation repaired something');
      await tellAdmins(deps, 'alert-reconciled', repairs);
    }
    return repairs;
  };
}

function count(repairs: Repairs, repair: Repair): void {
  if (repair !== 'nothing') repairs[repair] += 1;
}
