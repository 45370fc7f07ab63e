import { readFlag, readInteger, readText } from '../parameters.ts';
import type { Method } from '../store.ts';

const MAX_TRANSACTIONS = 100;

/** In the order in which they happened; a refund has the id of its payment. */
export const getStarTransactions: Method = (parameters, { payments }) => {
  const limit = readInteger(parameters, 'limit') ?? MAX_TRANSACTIONS;
  const offset = Math.max(readInteger(parameters, 'offset') ?? 0, 0);
  const transactions = payments.transactions(offset, Math.min(Math.max(limit, 1), MAX_TRANSACTIONS));
  return { transactions };
};

export const getMyStarBalance: Method = (_parameters, { payments }) => ({ amount: payments.balance() });

export const refundStarPayment: Method = (parameters, { payments }) => {
  payments.refund(
    readInteger(parameters, 'user_id'),
    readText(parameters, 'telegram_payment_charge_id') ?? '',
  );
  return true;
};

export const editUserStarSubscription: Method = (parameters, { payments }) => {
  payments.editSubscription(
    readInteger(parameters, 'user_id'),
    readText(parameters, 'telegram_payment_charge_id') ?? '',
    readFlag(parameters, 'is_canceled'),
  );
  return true;
};
