/** What owners and support did, row by row as it was written down. */
import type { ActedOn } from '../database/schema/index.ts';
import { TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { type ActEntry, readActs } from '../owners/read-acts.ts';
import { momentColumn } from './columns.ts';
import { ROOT } from './cookie.ts';
import { html } from './html.ts';
import { type ListSpec, listRoutes } from './list.ts';
import type { Route } from './visit.ts';

const ACTS: ListSpec<ActEntry> = {
  section: 'audit',
  path: '/audit',
  right: 'see-acts',
  period: 'all',
  orders: ['newest', 'oldest'],
  ofPerson: true,
  columns: (visitor, { counting }) => {
    const { t } = visitor;
    return [
      { title: t('dash-col-act'), kind: 'name', cell: ({ act }) => act, show: ({ act }) => t(`act-${act}`) },
      momentColumn(visitor, counting.timeZone, t('dash-col-time'), ({ createdAt }) => createdAt),
      {
        title: t('dash-col-by'),
        cell: ({ actorId }) => actorId,
        show: ({ actor, actorId }) =>
          actorId === TOKEN_ACTOR ? t('dash-by-token') : (actor ?? String(actorId)),
      },
      {
        title: t('dash-col-whom'),
        cell: ({ userId }) => userId,
        show: ({ userId }) =>
          userId !== null && html`<a href="${ROOT}/people/${String(userId)}">${String(userId)}</a>`,
      },
      { title: t('dash-col-object'), cell: ({ object }) => object },
      { title: t('dash-col-before'), cell: ({ before }) => written(before) },
      { title: t('dash-col-after'), cell: ({ after }) => written(after) },
      { title: t('dash-col-reason'), kind: 'whole', cell: ({ reason }) => reason },
    ];
  },
  read: ({ db }, wanted) => readActs(db, wanted),
};

export const auditRoutes: readonly Route[] = listRoutes(ACTS);

function written(values: ActedOn | null): string | null {
  if (values === null) return null;
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
