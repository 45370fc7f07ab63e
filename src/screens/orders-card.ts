/** Orders as an owner looks at them: what was offered to whom, and what became of it. */
import type { OrderEntry } from '../billing/orders/order-list.ts';
import type { Page } from '../owners/page.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { filterKeys, pageKeys } from './list-keys.ts';
import { lines, type Screen } from './screen.ts';
import { cut } from './telegram-text.ts';

/** Of a package's name, which the configuration lets be of any length. */
const LONGEST_PACKAGE = 40;
const FILTERS = [null, 'pending', 'paid', 'refunded'] as const;

export function ordersCard(t: Translate, language: string, list: Page<OrderEntry>): Screen {
  const filters = FILTERS.map((filter) => ({ filter, text: t(`order-state-${filter ?? 'all'}`) }));
  return {
    text: lines(
      t('orders-title'),
      '',
      ...list.entries.map((entry) =>
        t('order-line', {
          id: String(entry.id),
          date: entry.createdAt.toISOString().slice(0, 16).replace('T', ' '),
          price: priceText(language, entry.currency, entry.amount),
          package: escapeHtml(cut(entry.packageName, LONGEST_PACKAGE)),
          name: escapeHtml(entry.buyer),
          user: String(entry.userId),
          state: t(`order-state-${entry.state}`),
        }),
      ),
      list.entries.length === 0 && t('list-empty'),
    ),
    keyboard: [...filterKeys('orders', list, filters), ...pageKeys(t, 'orders', list)],
  };
}
