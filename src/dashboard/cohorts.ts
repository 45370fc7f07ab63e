/** Who comes back: people by the week of their first photoshoot, and how many of them made another one later. */
import { COHORT_WEEKS } from '../screens/cohorts-card.ts';
import { type Cohort, readCohorts } from '../statistics/cohorts.ts';
import type { Day } from '../statistics/period.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { number } from './format.ts';
import { type Content, html } from './html.ts';
import { type Column, csvFile, table } from './list.ts';
import type { Route, Visitor } from './visit.ts';

/** How much of a cell's colour its share has: five steps can be told apart. */
const SHADES = 5;

export const cohortRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/cohorts',
    right: 'see-figures',
    async answer(deps, { visitor }) {
      const { t } = visitor;
      const title = t('dash-section-cohorts');
      const main = html`<h1>${title}</h1><p class="soft">${t('cohorts-about')}</p>
<p class="tools"><a href="${ROOT}/cohorts.csv" download>${t('dash-csv')}</a></p>
${table(title, columns(visitor), await read(deps), 'grid')}`;
      return { kind: 'page', title, section: 'cohorts', main };
    },
  },
  {
    method: 'GET',
    path: '/cohorts.csv',
    right: 'see-figures',
    async answer(deps, { visitor }) {
      return csvFile('cohorts', columns(visitor), await read(deps));
    },
  },
];

function read({ db, counting }: DashboardDeps): Promise<Cohort[]> {
  return readCohorts(db, { timeZone: counting.timeZone, weeks: COHORT_WEEKS }, new Date());
}

function columns(visitor: Visitor): Column<Cohort>[] {
  const { t } = visitor;
  const later = Array.from({ length: COHORT_WEEKS - 1 }, (_, index): Column<Cohort> => {
    const weeks = index + 1;
    return {
      title: t('dash-col-weeks-later', { weeks }),
      spoken: t('dash-weeks-later', { weeks }),
      kind: 'number',
      cell: (cohort) => shareOf(cohort, index),
      show: (cohort) => shade(visitor, shareOf(cohort, index)),
    };
  });
  return [
    {
      title: t('cohorts-week'),
      kind: 'name',
      cell: ({ week }) => week,
      show: ({ week }) => monday(visitor, week),
    },
    {
      title: t('cohorts-new'),
      kind: 'number',
      cell: ({ people }) => people,
      show: ({ people }) => number(visitor, people),
    },
    ...later,
  ];
}

/** In per cent; null for weeks that are to come, and where there is nobody who could come back. */
function shareOf({ people, again }: Cohort, index: number): number | null {
  const returned = again[index];
  return returned === undefined || people === 0 ? null : Math.round((returned * 100) / people);
}

function shade(visitor: Visitor, share: number | null): Content {
  if (share === null) return null;
  const step = Math.min(SHADES, Math.ceil((share * SHADES) / 100));
  return html`<span class="share s${step}">${number(visitor, share)}</span>`;
}

function monday({ language }: Visitor, week: Day): string {
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(Date.parse(week));
}
