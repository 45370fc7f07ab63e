/** The owner's figures of a period, for a phone: money first. */
import { GIVE_BACK_REASONS } from '../photoshoots/give-back.ts';
import type { Counted } from '../statistics/book.ts';
import type { Money } from '../statistics/money.ts';
import type { Overview } from '../statistics/overview.ts';
import { addDays, countDays, type Day, PERIODS, type Period } from '../statistics/period.ts';
import type { Quality } from '../statistics/quality.ts';
import type { Service } from '../statistics/service.ts';
import type { Times } from '../statistics/times.ts';
import type { Usage } from '../statistics/usage.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { button, inRows, lines, type Screen } from './screen.ts';
import { cut } from './telegram-text.ts';

/** Of packages, sources, styles and languages the largest so many; more would push the rest off the screen. */
const SHOWN = 4;
const LONGEST_NAME = 24;
/** Days that a line of bars has room for. */
const MOST_BARS = 31;
const BARS = '▁▂▃▄▅▆▇█';
const MICRO = 1_000_000;
const MINUTE_MS = 60_000;
const MANY_MINUTES = 120;

/** Whoever reads: their texts, and how their language writes numbers. */
type Reader = { t: Translate; language: string };

export function statisticsCard(t: Translate, language: string, overview: Overview): Screen {
  const { period, work } = overview;
  const reader = { t, language };
  return {
    text: lines(
      t('figures-title', { period: titleOf(reader, period) }),
      '',
      ...moneyLines(reader, overview),
      '',
      ...usageLines(reader, overview.usage),
      '',
      ...qualityLines(reader, overview.quality),
      '',
      ...serviceLines(reader, overview.service),
      '',
      t('figures-now', { ...work }),
    ),
    keyboard: [
      ...inRows(
        PERIODS.map((name) => {
          const label = t('button-figures', { period: name });
          return button(name === period.name ? t('button-chosen', { title: label }) : label, 'figures', name);
        }),
        2,
      ),
      [button(t('button-charts'), 'charts', period.name, daysOf(period))],
      [button(t('button-cohorts'), 'admin', 'cohorts')],
    ],
  };
}

/** The days of a period without a name, for a button. */
function daysOf({ name, from, to }: Period): string | undefined {
  return name === 'custom' ? `${from}:${to}` : undefined;
}

function titleOf({ t, language }: Reader, { name, from, to }: Period): string {
  if (name === 'all') return t('figures-all');
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return from === to ? format.format(Date.parse(to)) : format.formatRange(Date.parse(from), Date.parse(to));
}

function moneyLines(reader: Reader, { period, money, margin, outstanding }: Overview): (string | false)[] {
  const { t, language } = reader;
  const number = numberOf(language);
  const dollars = (digits: number) => {
    const format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return (microUsd: number) => format.format(microUsd / MICRO);
  };
  const usd = dollars(2);
  const usdEach = dollars(3);
  const orders = money.ordersPaid.now;
  const each = (microUsd: number, count: number) => (count === 0 ? '–' : usdEach(microUsd / count));
  const { unpaid, conversion } = money;
  return [
    t('figures-money'),
    ...(money.earnings.length === 0 ? [t('figures-no-money')] : earningLines(reader, money)),
    starBars(money, period),
    t('figures-orders', { paid: counted(reader, money.ordersPaid), ...unpaid }),
    conversion.over > 0 &&
      t('figures-conversion', { percent: Math.round((conversion.paid * 100) / conversion.over) }),
    t('figures-paying', { paying: counted(reader, money.paying) }),
    money.refunds.now + money.partRefunds.now + money.chargebacks.now > 0 &&
      t('figures-refunds', {
        refunds: money.refunds.now,
        parts: money.partRefunds.now,
        chargebacks: money.chargebacks.now,
      }),
    ...moneyParts(reader, '📦', money.byPackage),
    ...moneyParts(reader, '🌍', money.bySource),
    t('figures-cost', {
      cost: usd(money.costMicroUsd.now),
      change: change(reader, money.costMicroUsd),
      each: each(money.costMicroUsd.now, money.delivered.now),
    }),
    t('figures-margin', {
      margin: usd(margin.marginMicroUsd.now),
      each: each(margin.marginMicroUsd.now, orders),
    }),
    margin.without.length > 0 && t('figures-margin-without', { currencies: margin.without.join(', ') }),
    t('figures-outstanding', { pictures: number(outstanding) }),
    money.held > 0 && t('figures-held', { payments: money.held }),
    money.reconciled.now > 0 && t('figures-reconciled', { payments: money.reconciled.now }),
  ];
}

function earningLines(reader: Reader, { earnings }: Money): string[] {
  const price = (currency: string, amount: number) => priceText(reader.language, currency, amount);
  return earnings.map(({ currency, gross, refunded, net, payments }) =>
    reader.t('figures-earnings', {
      net: price(currency, net.now) + change(reader, net),
      gross: price(currency, gross.now),
      refunded: price(currency, refunded.now),
      average: payments.now === 0 ? '–' : price(currency, Math.round(gross.now / payments.now)),
    }),
  );
}

/** Stars by day as bars, where they fit on a line; false where there is nothing to see. */
function starBars({ starsByDay }: Money, period: Period): string | false {
  if (period.name === 'all' || starsByDay.length === 0) return false;
  const days = countDays(period);
  if (days < 2 || days > MOST_BARS) return false;
  const values = new Map<Day, number>(starsByDay.map(({ day, value }) => [day, value]));
  const most = Math.max(...values.values());
  const bars = Array.from({ length: days }, (_, index) => {
    const value = values.get(addDays(period.from, index)) ?? 0;
    return BARS.charAt(Math.ceil((value / most) * (BARS.length - 1)));
  });
  return `<code>${bars.join('')}</code>`;
}

function usageLines(reader: Reader, usage: Usage): (string | false)[] {
  const { t } = reader;
  const { bought, given, free, owed } = usage.paidWith;
  return [
    t('figures-use'),
    t('figures-people', {
      new: counted(reader, usage.newPeople),
      active: counted(reader, usage.active),
      blocked: usage.blocked,
    }),
    t('figures-pictures', {
      pictures: counted(reader, usage.delivered),
      bought: bought.now,
      given: given.now,
      free: free.now,
    }),
    owed.now > 0 && t('figures-owed', { pictures: owed.now }),
    t('figures-photoshoots', {
      photos: counted(reader, usage.drafts),
      placed: counted(reader, usage.placed),
    }),
    t('figures-recognised', {
      model: usage.recognised.model.now,
      known: counted(reader, usage.recognised.known),
      house: usage.recognised.house.now,
    }),
    parts(reader, '🎨', usage.byStyle, (style) =>
      style.startsWith('house:') ? style.slice('house:'.length) : t('figures-style', { origin: style }),
    ),
    parts(reader, '📐', usage.byRatio),
    parts(reader, '🗣', usage.byLanguage),
  ];
}

function qualityLines(reader: Reader, quality: Quality): (string | false)[] {
  const { t } = reader;
  const { outcomes, pictures, likeness, labels, notRight } = quality;
  const checked = likeness.same.now + likeness.drifted.now + likeness.notMeasured.now;
  const numbers = (of: Record<string, Counted>) =>
    Object.fromEntries(Object.entries(of).map(([name, { now }]) => [name, now]));
  const reasons = [...GIVE_BACK_REASONS, 'drifted', 'none'] as const;
  const reasonName = (reason: string) => {
    if (reason === 'drifted') return t('figures-drifted');
    const known = GIVE_BACK_REASONS.find((one) => one === reason);
    return known === undefined ? t('figures-no-reason') : t(`reason-${known}`);
  };
  const rate = pictures.delivered.now === 0 ? 0 : Math.round((notRight.now * 100) / pictures.delivered.now);
  return [
    t('figures-quality'),
    t('figures-outcomes', numbers(outcomes)),
    t('figures-missing', { failed: pictures.failed.now, refused: pictures.refused.now }),
    parts(reader, '🔧', quality.missing),
    checked > 0 && t('figures-truth', numbers(likeness)),
    parts(reader, '🔎', quality.likenessReasons),
    labels.asInPhoto.now + labels.differs.now + labels.none.now + labels.notRead.now > 0 &&
      t('figures-labels', numbers(labels)),
    t('figures-not-right', { pictures: counted(reader, notRight), percent: rate }),
    ...reasons.flatMap((reason) => {
      const count = quality.notRightReasons.find(({ dimension }) => dimension === reason)?.now ?? 0;
      return count === 0 ? [] : [t('figures-reason', { reason: reasonName(reason), count })];
    }),
    times(reader, 'figures-photo-to-card', quality.photoToCard),
    times(reader, 'figures-create-to-delivery', quality.createToDelivery),
  ];
}

function serviceLines(reader: Reader, { opened, open, firstAnswer }: Service): (string | false)[] {
  const { t, language } = reader;
  const { p50, p95 } = firstAnswer;
  return [
    t('figures-service'),
    t('figures-tickets', { opened: counted(reader, opened), open }),
    p50 !== null &&
      p95 !== null &&
      t('figures-first-answer', { p50: durationOf(language, p50), p95: durationOf(language, p95) }),
  ];
}

/** Milliseconds in minutes, or in hours where minutes would be many. */
export function durationOf(language: string, ms: number): string {
  const minutes = ms / MINUTE_MS;
  const [value, unit] = minutes < MANY_MINUTES ? [minutes, 'minute'] : [minutes / 60, 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

function times(
  { t, language }: Reader,
  text: 'figures-photo-to-card' | 'figures-create-to-delivery',
  { p50, p95 }: Times,
): string | false {
  if (p50 === null || p95 === null) return false;
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return t(text, { p50: seconds.format(p50 / 1000), p95: seconds.format(p95 / 1000) });
}

type Parts = readonly ({ dimension: string } & Counted)[];

/** The largest of them on one line; false where there is none. */
function parts(
  { t, language }: Reader,
  sign: string,
  of: Parts,
  name: (dimension: string) => string = (dimension) => dimension || t('sources-direct'),
): string | false {
  const number = numberOf(language);
  const shown = of.filter(({ now }) => now > 0).slice(0, SHOWN);
  if (shown.length === 0) return false;
  return `${sign} ${shown
    .map(({ dimension, now }) => `${escapeHtml(cut(name(dimension), LONGEST_NAME))} ${number(now)}`)
    .join(' · ')}`;
}

/** The same of amounts of money, a line a currency. */
function moneyParts({ t, language }: Reader, sign: string, of: Parts): string[] {
  const paid = of.filter(({ now }) => now > 0);
  const currencies = Map.groupBy(paid, ({ dimension }) => dimension.slice(0, dimension.indexOf(':')));
  return [...currencies].map(([currency, rows]) => {
    const named = rows.slice(0, SHOWN).map(({ dimension, now }) => {
      const name = dimension.slice(currency.length + 1) || t('sources-direct');
      return `${escapeHtml(cut(name, LONGEST_NAME))} ${priceText(language, currency, now)}`;
    });
    return `${sign} ${named.join(' · ')}`;
  });
}

/** A number with its change against the period before. */
function counted(reader: Reader, about: Counted): string {
  return `${numberOf(reader.language)(about.now)}${change(reader, about)}`;
}

/** “ ▲ 12 %”; empty where there is nothing to compare with. */
function change({ t }: Reader, { now, before }: Counted): string {
  if (before === null || now === before) return '';
  const arrow = now > before ? '▲' : '▼';
  return before <= 0
    ? ` ${arrow}`
    : ` ${arrow} ${t('percent', { percent: Math.round((Math.abs(now - before) * 100) / before) })}`;
}

function numberOf(language: string): (value: number) => string {
  const format = new Intl.NumberFormat(language);
  return (value) => format.format(value);
}
