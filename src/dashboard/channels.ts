/** What the files for each sales channel are made by, and how far each rule can be trusted. */
import { type Confidence, PRESETS, type Preset } from '../marketplaces/presets.ts';
import { number } from './format.ts';
import { type Html, html } from './html.ts';
import { type Column, table } from './list.ts';
import { stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const MB = 1_000_000;
const RULES = ['pixels', 'bytes', 'ground', 'names'] as const;
/** What nothing current was found for is not to be relied on. */
const MOODS = {
  official: 'good',
  copied: 'good',
  'third-party': '',
  guess: 'warn',
} as const satisfies Record<Confidence, string>;

export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels',
    right: 'see-pictures',
    async answer(_deps, { visitor }) {
      const { t } = visitor;
      const title = t('dash-section-channels');
      const main = html`<h1>${title}</h1><p class="soft">${t('dash-channels-hint')}</p>
${table(title, columns(visitor), PRESETS)}`;
      return { kind: 'page', title, section: 'channels', main };
    },
  },
];

function columns(visitor: Visitor): readonly Column<Preset>[] {
  const { t } = visitor;
  return [
    { title: t('dash-col-channel'), kind: 'name', cell: ({ channel }) => channel },
    {
      title: t('dash-col-file'),
      cell: fileOf,
      show: (preset) =>
        html`${fileOf(preset)}${preset.ground === 'white' && html`, ${t('dash-channel-white')}`}, ${t('dash-channel-most', { megabytes: number(visitor, preset.maxBytes / MB), pictures: preset.mostPictures })}`,
    },
    {
      title: t('dash-col-certain'),
      kind: 'whole',
      cell: ({ confidence }) => RULES.map((rule) => confidence[rule]).join(', '),
      show: ({ confidence }) => RULES.map((rule) => certainty(visitor, rule, confidence[rule])),
    },
    {
      title: t('dash-col-source'),
      cell: ({ source }) => source,
      kind: 'whole',
      show: ({ source, note, checkedOn }) =>
        html`<span lang="en">${note} ${source}</span>, ${t('dash-channel-read', { day: checkedOn })}`,
    },
  ];
}

function fileOf({ sizes }: Preset): string {
  return sizes.map(({ width, height }) => `${width} × ${height}`).join(', ');
}

function certainty({ t }: Visitor, rule: (typeof RULES)[number], confidence: Confidence): Html {
  return html`${stateWord(`${t(`dash-channel-rule-${rule}`)}: ${t(`dash-certain-${confidence}`)}`, MOODS[confidence])} `;
}
