/** What a payment has left when parts of it went back, of its money and of its credits (decision 045). */
import type { Payment } from '../orders/lock-payment.ts';
import { STARS } from '../orders/offers.ts';

/**
 * The credits that have gone with what was given back so far: as many of the package's as the money is of its price,
 * rounded down in the buyer's favour. It is counted of all parts together, so that two parts take what one of their sum
 * takes, and the last one takes the rest.
 */
export function creditsOfParts(
  { amount, credits }: Pick<Payment, 'amount' | 'credits'>,
  givenBack: number,
): number {
  return Math.floor((credits * givenBack) / amount);
}

/** The credits that no part of the payment has claimed back. */
export function standingCredits({ credits, reclaimed }: Pick<Payment, 'credits' | 'reclaimed'>): number {
  return credits - reclaimed;
}

/** What a refund takes back of the credits that it claims, as far as they are still there. */
export function unusedCredits(balance: number, claimed: number): number {
  return Math.max(0, Math.min(balance, claimed));
}

/** What is left to give back of a payment, in the currency's smallest unit. */
export function amountLeft({ amount, givenBack }: Pick<Payment, 'amount' | 'givenBack'>): number {
  return amount - givenBack;
}

/** Whether a part of it can be given back: of a payment by card that stands. Held money has bought nothing to share. */
export function isDivisible({ currency, state }: Pick<Payment, 'currency' | 'state'>): boolean {
  return currency !== STARS && state === 'credited';
}

/** The key of the entry of the ledger that took what was unused of a part's credits. */
export const PART_ENTRY = 'refund-part:';
