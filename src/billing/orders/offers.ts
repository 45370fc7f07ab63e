/** What can be bought, as a seller compares it: pictures, price, price of one picture. */
import type { Package } from '../../config.ts';

/** Telegram's currency code of Stars; its amounts are whole Stars, never hundredths. */
export const STARS = 'XTR';

export type PaymentMethod = 'stars' | 'card';

/** Something to buy for a price. `amount`: whole Stars, or the currency's smallest unit. */
export type Offer = { name: string; credits: number; currency: string; amount: number };

/** The package as it is paid for in this way, or null where it cannot be. */
export function offerOf(
  item: Package,
  method: PaymentMethod,
  card: { currency: string } | null,
): Offer | null {
  const { name, credits } = item;
  if (method === 'stars') return { name, credits, currency: STARS, amount: item.stars };
  if (card === null || item.card === null) return null;
  return { name, credits, currency: card.currency, amount: item.card };
}
