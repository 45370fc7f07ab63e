/** The funnel by source, for the owners. */
import type { SourceFigures } from '../statistics/sources.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { lines, type Screen } from './screen.ts';

/** Of the largest sources; more would not fit into one message (4096 characters). */
const SHOWN = 15;

export function sourcesCard(
  t: Translate,
  language: string,
  about: { days: number; sources: readonly SourceFigures[] },
): Screen {
  const { days, sources } = about;
  if (sources.length === 0) return { text: t('sources-none', { days }), keyboard: [] };
  const more = sources.length - SHOWN;
  return {
    text: lines(
      t('sources-title', { days }),
      ...sources.slice(0, SHOWN).flatMap((one) => ['', ...sourceLines(t, language, one)]),
      more > 0 && lines('', t('sources-more', { more })),
    ),
    keyboard: [],
  };
}

function sourceLines(t: Translate, language: string, one: SourceFigures): string[] {
  const { source, campaign, revenue, ...figures } = one;
  const name = source === null ? t('sources-direct') : [source, campaign].filter(Boolean).join(' / ');
  const paid = Object.entries(revenue).map(([currency, amount]) => priceText(language, currency, amount));
  return [`<b>${escapeHtml(name)}</b>`, [t('sources-funnel', figures), ...paid].join(' · ')];
}
