/** Everybody who came, and the search for one of them. */
import { findPerson } from '../customers/find-person.ts';
import { listPeople, type PersonEntry } from '../customers/list-people.ts';
import { momentColumn } from './columns.ts';
import { ROOT } from './cookie.ts';
import { number } from './format.ts';
import { type Html, html } from './html.ts';
import { personLink } from './links.ts';
import { type ListSpec, listRoutes } from './list.ts';
import { stateWord } from './state.ts';
import { allows, type Route, type Visitor } from './visit.ts';

const PEOPLE: ListSpec<PersonEntry> = {
  section: 'people',
  path: '/people',
  right: 'see-people',
  period: 'all',
  orders: ['newest', 'oldest'],
  ofPerson: false,
  columns: (visitor, { counting }) => {
    const { t } = visitor;
    return [
      {
        title: t('dash-col-person'),
        kind: 'name',
        cell: ({ firstName }) => firstName,
        show: ({ id, firstName, username }) =>
          html`${personLink(id, firstName)}${username !== null && html` <span class="soft">@${username}</span>`}`,
      },
      { title: t('dash-col-id'), cell: ({ id }) => id, show: ({ id }) => String(id) },
      { title: t('dash-col-username'), cell: ({ username }) => username, only: 'file' },
      {
        title: t('dash-col-credits'),
        kind: 'number',
        cell: ({ credits }) => credits,
        show: ({ credits }) => number(visitor, credits),
      },
      { title: t('dash-col-language'), cell: ({ language }) => language },
      {
        title: t('dash-col-state'),
        cell: (person) => stateOf(person),
        show: (person) => standing(visitor, person),
      },
      momentColumn(visitor, counting.timeZone, t('dash-col-since'), ({ createdAt }) => createdAt),
      momentColumn(visitor, counting.timeZone, t('dash-col-seen'), ({ lastSeenAt }) => lastSeenAt),
    ];
  },
  read: ({ db }, wanted) => listPeople(db, wanted),
  above: async (_deps, { visitor }) => findForm(visitor, '', null),
};

export const peopleRoutes: readonly Route[] = [
  ...listRoutes(PEOPLE),
  {
    // Also for who may look at one person, and not at everybody.
    method: 'GET',
    path: '/find',
    right: 'see-person',
    async answer({ db }, { visitor, query }) {
      const who = (query.who ?? '').trim();
      const person = who === '' ? null : await findPerson(db, who);
      if (person?.kind === 'found') return { kind: 'redirect', to: `/people/${person.userId}` };
      const title = visitor.t('dash-find-person');
      const main = html`<h1>${title}</h1>${findForm(visitor, who, person?.kind ?? null)}`;
      return { kind: 'page', title, section: allows(visitor)('see-people') ? 'people' : 'find', main };
    },
  },
];

function findForm({ t }: Visitor, who: string, outcome: 'unknown' | 'several' | null): Html {
  return html`<form class="inline search" method="get" action="${ROOT}/find" role="search">
<label><span class="unseen">${t('dash-search')}</span><input type="search" name="who" value="${who}" placeholder="${t('dash-search-hint')}" autocapitalize="none" autocomplete="off"></label>
<button>${t('dash-find')}</button></form>
${outcome !== null && html`<p class="notice warn" role="status">${t(outcome === 'several' ? 'dash-several' : 'dash-nobody')}</p>`}`;
}

function stateOf({ bannedAt, blockedAt, role }: PersonEntry): 'banned' | 'blocked' | 'support' | null {
  if (bannedAt !== null) return 'banned';
  if (blockedAt !== null) return 'blocked';
  return role;
}

function standing({ t }: Visitor, person: PersonEntry): Html | null {
  switch (stateOf(person)) {
    case 'banned':
      return stateWord(t('dash-banned'), 'bad');
    case 'blocked':
      return stateWord(t('dash-blocked'), 'warn');
    case 'support':
      return stateWord(t('dash-support'), '');
    case null:
      return null;
  }
}
