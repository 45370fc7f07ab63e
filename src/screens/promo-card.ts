/** What a promo code gave, and the codes as the owners see them. */
import type { PromoCode } from '../billing/promo-codes/list-promo-codes.ts';
import type { Redemption } from '../billing/promo-codes/redeem-promo-code.ts';
import type { Translate } from '../texts/texts.ts';
import { lines, type Screen } from './screen.ts';

/** @param credits what the person can spend now */
export function redeemedCard(t: Translate, redemption: Redemption, credits: number): Screen {
  switch (redemption.kind) {
    case 'credits':
      return { text: t('promo-credits', { added: redemption.value, credits }), keyboard: [] };
    case 'percent':
      return { text: t('promo-percent', { percent: redemption.value }), keyboard: [] };
    default: {
      const never: never = redemption.kind;
      throw new Error(`unknown promo code ${String(never)}`);
    }
  }
}

export function promoListCard(t: Translate, language: string, codes: readonly PromoCode[]): Screen {
  if (codes.length === 0) return { text: t('promo-list-none'), keyboard: [] };
  return {
    text: lines(t('promo-list-title'), '', ...codes.map((code) => promoLine(t, language, code))),
    keyboard: [],
  };
}

/** One code in one line: what it gives, how often it was used of how often it may be, until when. */
function promoLine(t: Translate, language: string, code: PromoCode): string {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return [
    t(code.kind === 'credits' ? 'promo-gives-credits' : 'promo-gives-percent', {
      code: code.code,
      value: code.value,
    }),
    code.maxUses === null
      ? t('promo-uses', { uses: code.uses })
      : t('promo-uses-of', { uses: code.uses, max: code.maxUses }),
    ...(code.usesPerUser === 1 ? [] : [t('promo-per-person', { times: code.usesPerUser })]),
    ...(code.endsAt === null ? [] : [t('promo-until', { date: day.format(code.endsAt) })]),
  ].join(' · ');
}
