/** Orders: what was offered to whom, and what became of it. */
import { type OrderEntry, readOrders } from '../billing/orders/order-list.ts';
import { ORDER_STATES } from '../database/schema/index.ts';
import { decimalAmount } from '../statistics/decimal-amount.ts';
import { momentColumn, personColumn, personIdColumn } from './columns.ts';
import { oneOf } from './form.ts';
import { price } from './format.ts';
import { html } from './html.ts';
import { type ListSpec, listRoutes } from './list.ts';
import { ORDER_MOODS, stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const ORDERS: ListSpec<OrderEntry> = {
  section: 'orders',
  path: '/orders',
  right: 'see-money',
  period: '30',
  orders: ['newest', 'oldest'],
  states: [
    { name: 'all', title: ({ t }) => t('order-state-all') },
    ...ORDER_STATES.map((name) => ({ name, title: ({ t }: Visitor) => t(`order-state-${name}`) })),
  ],
  ofPerson: true,
  columns: (visitor, { counting }) => {
    const { t } = visitor;
    return [
      {
        title: t('dash-col-order'),
        kind: 'name',
        cell: ({ id }) => id,
        show: ({ id, packageName }) => html`${packageName} <span class="soft">#${String(id)}</span>`,
      },
      { title: t('dash-col-package'), cell: ({ packageName }) => packageName, only: 'file' },
      personColumn(visitor, ({ buyer }) => buyer),
      {
        title: t('dash-col-state'),
        cell: ({ state }) => state,
        show: ({ state }) => stateWord(t(`order-state-${state}`), ORDER_MOODS[state]),
      },
      {
        title: t('dash-col-amount'),
        kind: 'number',
        cell: ({ amount, currency }) => decimalAmount(amount, currency),
        show: ({ amount, currency }) => price(visitor, currency, amount),
      },
      { title: t('dash-col-currency'), cell: ({ currency }) => currency, only: 'file' },
      { title: t('dash-col-credits'), kind: 'number', cell: ({ credits }) => credits },
      momentColumn(visitor, counting.timeZone, t('dash-col-time'), ({ createdAt }) => createdAt),
      personIdColumn(visitor),
    ];
  },
  read: ({ db }, { state, ...wanted }) =>
    readOrders(db, { ...wanted, state: oneOf(ORDER_STATES, state ?? undefined) }),
};

export const orderRoutes: readonly Route[] = listRoutes(ORDERS);
