/** Telegram's currency code of Stars, which are whole and no currency of ISO 4217. */
const STARS = 'XTR';

/** An amount in the smallest unit as a decimal number without signs: 19900 RUB is `199.00`, 99 Stars are `99`. */
export function decimalAmount(amount: number, currency: string): string {
  const digits = digitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** What somebody wrote for an amount, with a point or a comma: `49.5` RUB is 4950. Null for what is none, or nothing. */
export function readAmount(text: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const [, whole, part = ''] = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || part.length > digits) return null;
  const amount = Number(whole + part.padEnd(digits, '0'));
  return amount > 0 ? amount : null;
}

/** How many digits stand behind the point. */
function digitsOf(currency: string): number {
  if (currency === STARS) return 0;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** The price of a conversion for a network that counts in ISO currencies; null for Stars, which have no rate. */
export function isoPrice(
  amount: number | null,
  currency: string | null,
): { amount: string; currency: string } | null {
  if (amount === null || currency === null || currency === STARS) return null;
  return { amount: decimalAmount(amount, currency), currency };
}
