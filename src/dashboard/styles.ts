/** The house's styles: how they look, in which order they are offered, and which of them are not. */
import { HOUSE_STYLES } from '../photoshoots/styles/house-styles.ts';
import {
  type ArrangedStyle,
  arrangeStyle,
  readArrangedStyles,
} from '../photoshoots/styles/offered-styles.ts';
import { ROOT } from './cookie.ts';
import { actForm, oneOf } from './form.ts';
import { html } from './html.ts';
import { type Column, csvFile, table } from './list.ts';
import { noticeIn, withNotice } from './notice.ts';
import { stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const KEYS = HOUSE_STYLES.map(({ key }) => key);

export const styleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/styles',
    right: 'arrange-styles',
    async answer({ db }, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const styles = await readArrangedStyles(db, new Date());
      const title = t('dash-section-styles');
      const main = html`<h1>${title}</h1>${noticeIn(visit)}<p class="soft">${t('dash-styles-hint')}</p>
<div class="acts"><details><summary>${t('dash-styles-sheet')}</summary><img class="sheet" src="${ROOT}/styles/sheet.jpg" alt="${t('dash-styles-sheet-alt')}" width="800" height="800" loading="lazy" decoding="async"></details></div>
<p class="tools"><a href="${ROOT}/styles.csv" download>${t('dash-csv')}</a></p>
${table(title, columns(visitor, styles), styles)}`;
      return { kind: 'page', title, section: 'styles', main };
    },
  },
  {
    method: 'GET',
    path: '/styles.csv',
    right: 'arrange-styles',
    async answer({ db }, { visitor }) {
      const styles = await readArrangedStyles(db, new Date());
      return csvFile('styles', columns(visitor, styles), styles);
    },
  },
  {
    method: 'GET',
    path: '/styles/sheet.jpg',
    right: 'arrange-styles',
    async answer({ styleSheet }) {
      return { kind: 'picture', jpeg: (await styleSheet.file()).bytes };
    },
  },
  {
    method: 'POST',
    path: '/styles/:key',
    right: 'arrange-styles',
    async answer({ db }, { visitor, params, form, log }) {
      const key = oneOf(KEYS, params.key);
      const place = oneOf(
        KEYS.map((_, index) => String(index)),
        form.place,
      );
      const offer = oneOf(['on', 'off'], form.offer);
      if (key === null || (place === null) === (offer === null))
        return { kind: 'refused', sentence: visitor.t('error-not-found') };
      const change = place === null ? { key, isOffered: offer === 'on' } : { key, place: Number(place) };
      await arrangeStyle(db, { by: visitor.userId, ...change }, new Date());
      log.info({ adminId: visitor.userId, style: key }, 'a house style was arranged');
      return { kind: 'redirect', to: withNotice('/styles', 'styles-arranged') };
    },
  },
];

function columns(visitor: Visitor, styles: readonly ArrangedStyle[]): Column<ArrangedStyle>[] {
  const { t } = visitor;
  const title = ({ style }: ArrangedStyle) => t(`style-${style.key}`);
  return [
    {
      title: t('dash-col-style'),
      kind: 'name',
      cell: title,
      show: (one) =>
        html`${title(one)} <span class="soft">${t('dash-style-number', { number: HOUSE_STYLES.indexOf(one.style) + 1 })}</span>`,
    },
    {
      title: t('dash-col-state'),
      cell: ({ isOffered }) => (isOffered ? 'on' : 'off'),
      show: ({ isOffered }) =>
        stateWord(t(isOffered ? 'dash-style-on' : 'dash-style-off'), isOffered ? 'good' : ''),
    },
    { title: t('dash-col-prompt'), kind: 'whole', cell: ({ style }) => style.prompt },
    {
      title: t('dash-col-act'),
      kind: 'whole',
      cell: (one) => styles.indexOf(one) + 1,
      show: (one) => acts(visitor, one, styles.indexOf(one), styles.length),
    },
  ];
}

/** Each says where it leads: the same press twice is the same as once. */
function acts(visitor: Visitor, { style, isOffered }: ArrangedStyle, index: number, count: number) {
  const { t } = visitor;
  const name = t(`style-${style.key}`);
  const act = (field: string, value: string | number, word: string) =>
    actForm(
      visitor,
      `/styles/${style.key}`,
      html`<input type="hidden" name="${field}" value="${String(value)}"><button aria-label="${`${word}: ${name}`}">${word}</button>`,
    );
  return html`<div class="row">${index > 0 && act('place', index - 1, t('dash-style-up'))}${index < count - 1 && act('place', index + 1, t('dash-style-down'))}${act('offer', isOffered ? 'off' : 'on', t(isOffered ? 'dash-style-turn-off' : 'dash-style-turn-on'))}</div>`;
}
