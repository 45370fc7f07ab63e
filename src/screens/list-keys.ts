/** The keys of every list that has pages. */
import type { Page } from '../owners/page.ts';
import type { Right } from '../owners/rights.ts';
import type { Translate } from '../texts/texts.ts';
import { button, inRows, type Keyboard } from './screen.ts';

/** The lists, and who may look at each. */
export const LISTS = {
  payments: 'see-money',
  orders: 'see-money',
  held: 'see-money',
  tickets: 'see-tickets',
  failed: 'see-failures',
} as const satisfies Record<string, Right>;
export type ListName = keyof typeof LISTS;

/** What a key of a list carries behind its name: the page, and what it is narrowed to. */
export function listArgument(page: number, filter: string | null): string {
  return filter === null ? String(page) : `${page}:${filter}`;
}

/** The pages before and after this one, where there are any, and the way back to the menu. */
export function pageKeys(t: Translate, name: ListName, list: Page<unknown>): Keyboard {
  const { page, filter, hasMore } = list;
  const turns = [
    ...(page > 1 ? [button(t('button-page-before'), 'list', name, listArgument(page - 1, filter))] : []),
    ...(hasMore ? [button(t('button-page-after'), 'list', name, listArgument(page + 1, filter))] : []),
  ];
  return [...(turns.length > 0 ? [turns] : []), [button(t('button-admin-menu'), 'admin', 'menu')]];
}

/** Keys that narrow a list to one of its states. */
export function filterKeys(
  name: ListName,
  list: Page<unknown>,
  filters: readonly { filter: string | null; text: string }[],
): Keyboard {
  return inRows(
    filters.map(({ filter, text }) =>
      button(filter === list.filter ? `• ${text}` : text, 'list', name, listArgument(1, filter)),
    ),
    2,
  );
}
