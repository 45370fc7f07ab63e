/** Buying: what there is, at what price, and what a payment brought. */

import { offerOf, STARS } from '../billing/orders/offers.ts';
import type { Package } from '../config.ts';
import type { Translate } from '../texts/texts.ts';
import { button, type Keyboard, lines, type Screen } from './screen.ts';
import { cut } from './telegram-text.ts';

export type Shop = {
  packages: readonly Package[];
  card: { currency: string } | null;
  subscription: { name: string; credits: number; stars: number } | null;
  /** The person's running subscription, if there is one. */
  subscribed: { paidUntil: Date; cancelled: boolean; orderId: number } | null;
};

/** Every package with what a seller compares: pictures, price, price of one picture. */
export function shopCard(t: Translate, language: string, shop: Shop, credits: number): Screen {
  return {
    text: lines(t('shop-title', { credits }), '', t('shop-hint'), subscriptionLine(t, language, shop)),
    keyboard: [...packageRows(t, language, shop), ...subscriptionRows(t, shop)],
  };
}

/**
 * Credits are short: what is missing, that the order starts by itself, and what the credits suffice for.
 * @param wall.each credits that a picture of this order costs
 * @param wall.series photos of the series that is ordered, and pictures of each; null for every other order
 */
export function paywallCard(
  t: Translate,
  language: string,
  wall: Wall & { needed: number; shop: Shop },
): Screen {
  return {
    text: lines(
      t('paywall-title', { missing: wall.needed - wall.available, available: wall.available }),
      t('paywall-continues'),
    ),
    keyboard: [
      ...affordableRow(t, wall),
      ...packageRows(t, language, wall.shop, wall.draftId),
      [button(t('button-back'), 'card', wall.draftId)],
    ],
  };
}

type Wall = {
  draftId: number;
  available: number;
  each: number;
  series: { photos: number; pictures: number } | null;
};

function affordableRow(t: Translate, wall: Wall): Keyboard {
  if (wall.series !== null) return affordablePhotos(t, wall, wall.series);
  const pictures = Math.floor(wall.available / wall.each);
  if (pictures < 1) return [];
  const credits = pictures * wall.each;
  return [
    [
      button(
        t('button-affordable', { pictures, credits }),
        'place',
        wall.draftId,
        `fewer:${pictures}:${credits}`,
      ),
    ],
  ];
}

/** Of a series whole photos, the first ones first: each with all of its pictures. */
function affordablePhotos(
  t: Translate,
  { draftId, available, each }: Wall,
  { photos: ofPhotos, pictures }: { photos: number; pictures: number },
): Keyboard {
  const photos = Math.min(ofPhotos, Math.floor(available / (pictures * each)));
  if (photos < 1) return [];
  const credits = photos * pictures * each;
  const part = `part:${photos * pictures}:${credits}:${photos}:${ofPhotos}`;
  return [[button(t('button-affordable-photos', { photos, credits }), 'place', draftId, part)]];
}

/** Ending a subscription: what it means, before it is done. */
export function unsubscribeCard(t: Translate, orderId: number): Screen {
  return {
    text: t('subscription-confirm'),
    keyboard: [
      [button(t('button-unsubscribe-yes'), 'unsubscribe', orderId, 'yes', { style: 'danger' })],
      [button(t('button-unsubscribe-no'), 'unsubscribe', orderId, 'no')],
    ],
  };
}

/** The words of an invoice. Telegram takes 32 characters as its title and 255 as its description. */
export function invoiceTexts(
  t: Translate,
  item: { name: string; credits: number },
): { title: string; description: string } {
  return {
    title: cut(t('invoice-title', { credits: item.credits }), 32),
    description: cut(t('invoice-description', { name: item.name, credits: item.credits }), 255),
  };
}

/** Short enough for a key: `199 ₽`. A shop has one currency, so that its sign is enough. */
const ON_KEY = { currencyDisplay: 'narrowSymbol', trailingZeroDisplay: 'stripIfInteger' } as const;

/** A price as people write it: `99 ⭐`, `199,00 ₽`. */
export function priceText(
  language: string,
  currency: string,
  amount: number,
  look: Pick<Intl.NumberFormatOptions, keyof typeof ON_KEY> = {},
): string {
  if (currency === STARS) return `${new Intl.NumberFormat(language).format(amount)} ⭐`;
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, ...look });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

function packageRows(t: Translate, language: string, shop: Shop, draftId?: number): Keyboard {
  return shop.packages.flatMap((item, index) => {
    const methods = ['stars', 'card'] as const;
    return methods.flatMap((method) => {
      const offer = offerOf(item, method, shop.card);
      if (offer === null) return [];
      const price = (amount: number) => priceText(language, offer.currency, amount, ON_KEY);
      const label = t('button-package', {
        credits: offer.credits,
        price: price(offer.amount),
        each: price(roundEach(offer.amount / offer.credits, offer.currency)),
      });
      // The draft that waits for the payment travels with the button, so that it starts by itself.
      const argument = draftId === undefined ? method : `${method}:${draftId}`;
      return [[button(label, 'buy', index + 1, argument)]];
    });
  });
}

/** One picture's price: Stars to a tenth, money to its smallest unit. */
function roundEach(each: number, currency: string): number {
  return currency === STARS ? Math.round(each * 10) / 10 : Math.round(each);
}

function subscriptionRows(t: Translate, shop: Shop): Keyboard {
  if (shop.subscribed !== null) {
    const { orderId, cancelled } = shop.subscribed;
    return [
      [
        cancelled
          ? button(t('button-resubscribe'), 'resubscribe', orderId)
          : button(t('button-unsubscribe'), 'unsubscribe', orderId),
      ],
    ];
  }
  if (shop.subscription === null) return [];
  const { credits, stars } = shop.subscription;
  return [[button(t('button-subscribe', { credits, price: `${stars} ⭐` }), 'subscribe', 1)]];
}

function subscriptionLine(t: Translate, language: string, shop: Shop): string | null {
  if (shop.subscribed === null) return null;
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(
    shop.subscribed.paidUntil,
  );
  return t(shop.subscribed.cancelled ? 'shop-subscription-ends' : 'shop-subscription-renews', { date });
}
