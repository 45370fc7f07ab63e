import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import type { Screen } from './screen.ts';

/** Credits that an owner gave. @param gift.why the owner's own words to the person, if there are any */
export function giftCard(t: Translate, { credits, why }: { credits: number; why: string | null }): Screen {
  const text =
    why === null
      ? t('gift-received', { credits })
      : t('gift-received-why', { credits, why: escapeHtml(why) });
  return { text, keyboard: [] };
}
