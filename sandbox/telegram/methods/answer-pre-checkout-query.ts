import { readFlag, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

export const answerPreCheckoutQuery: Method = (parameters, { payments }) => {
  const id = readText(parameters, 'pre_checkout_query_id') ?? '';
  if (readFlag(parameters, 'ok')) {
    payments.answerPreCheckout(id, { ok: true });
    return true;
  }
  const errorMessage = readText(parameters, 'error_message') ?? '';
  if (errorMessage === '') throw badRequest('parameter "error_message" is required');
  payments.answerPreCheckout(id, { ok: false, errorMessage });
  return true;
};
