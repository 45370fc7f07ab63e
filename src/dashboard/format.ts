/** How numbers and moments are written for one visitor. */
import { priceText } from '../screens/buy-card.ts';
import type { Counted } from '../statistics/book.ts';
import { type Content, type Html, html } from './html.ts';
import type { Visitor } from './visit.ts';

const MICRO = 1_000_000;

export function number({ language }: Visitor, value: number, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

export function price({ language }: Visitor, currency: string, amount: number): string {
  return priceText(language, currency, amount);
}

export function dollars({ language }: Visitor, microUsd: number, digits = 2): string {
  const format = {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return new Intl.NumberFormat(language, format).format(microUsd / MICRO);
}

/** Day and minute in the owner's time zone, with the year where it is another; the whole moment is in the attribute. */
export function moment({ language }: Visitor, timeZone: string, at: Date): Html {
  const year = (of: Date) => of.toLocaleDateString('en', { timeZone, year: 'numeric' });
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    ...(year(at) === year(new Date()) ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return html`<time datetime="${at.toISOString()}">${format.format(at)}</time>`;
}

/** “▲ 12 %” against the period before, in words for who does not see arrows; nothing where there is nothing to compare. */
export function change(visitor: Visitor, { now, before }: Counted): Content {
  if (before === null || before <= 0 || now === before) return null;
  const { t } = visitor;
  const up = now > before;
  const share = t('percent', { percent: Math.round((Math.abs(now - before) * 100) / before) });
  return html` <small class="change"><span aria-hidden="true">${up ? '▲' : '▼'}</span><span class="unseen">${t(up ? 'dash-more-than-before' : 'dash-less-than-before')}</span> ${share}</small>`;
}
