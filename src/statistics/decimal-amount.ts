/** Telegram's currency code of Stars, which are whole and no currency of ISO 4217. */
const STARS = 'XTR';

/** An amount in the smallest unit as a decimal number without signs: 19900 RUB is `199.00`, 99 Stars are `99`. */
export function decimalAmount(amount: number, currency: string): string {
  if (currency === STARS) return String(amount);
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (amount / 10 ** digits).toFixed(digits);
}

/** The price of a conversion for a network that counts in ISO currencies; null for Stars, which have no rate. */
export function isoPrice(
  amount: number | null,
  currency: string | null,
): { amount: string; currency: string } | null {
  if (amount === null || currency === null || currency === STARS) return null;
  return { amount: decimalAmount(amount, currency), currency };
}
