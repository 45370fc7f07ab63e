/**
 * What is counted by the day, and from which rows: the one definition that the roll-up writes down and that counts
 * what has happened since. Each part reads one table by an index on the time that it counts by, so that it costs what
 * happened in the range and nothing of what was before.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import {
  attributions,
  creditEntries,
  events,
  orders,
  payments,
  photoshoots,
  processedImages,
  providerAttempts,
  refundParts,
  supportTickets,
  users,
} from '../database/schema/index.ts';
import { dayOf, isApartFromPictures, kindOf, type Range, tally, union, within } from './count-by-day.ts';
import { paidWith } from './paid-with.ts';
import { cohorts, people } from './returning-people.ts';

/** Grows with every change of what a figure means: the roll-up is then written anew. */
export const FIGURES_VERSION = 4;

type Part<F extends string = string> = {
  figures: readonly F[];
  /** @returns a query of day, figure, dimension and value */
  rows(range: Range): SQL;
};

function part<const F extends string>(figures: readonly F[], rows: (range: Range) => SQL): Part<F> {
  return { figures, rows };
}

/** Payments that bought something; held money has not. Amounts are whole Stars or the smallest unit. */
const bought = sql`${payments.heldReason} is null`;

const PARTS = [
  part(['gross', 'payments', 'gross-by-package', 'gross-by-source', 'reconciled'], (range) => {
    const rows = sql`with arrived as (
      select ${dayOf(payments.createdAt, range)} as day, ${payments.currency} as currency,
        ${payments.amount} as amount, ${payments.source} as found_by, ${bought} as bought,
        coalesce((select ${orders.packageName} from ${orders} where ${orders.id} = ${payments.orderId}), '') as package,
        ${sourceOf(payments.userId)} as source
      from ${payments} where ${within(payments.createdAt, range)})`;
    return sql`${rows} ${union([
      tally('gross', 'currency', 'sum(amount)', 'arrived where bought'),
      tally('payments', 'currency', 'count(*)', 'arrived where bought'),
      tally('gross-by-package', "currency || ':' || package", 'sum(amount)', 'arrived where bought'),
      tally('gross-by-source', "currency || ':' || source", 'sum(amount)', 'arrived where bought'),
      tally('reconciled', "''", 'count(*)', "arrived where found_by = 'reconciliation'"),
    ])}`;
  }),
  part(['paying'], (range) =>
    people(
      'paying',
      { table: payments, userId: payments.userId, at: payments.createdAt, where: bought },
      range,
    ),
  ),
  // A part counts on its own day; what goes back last is what the parts have left.
  part(['refunded', 'refunds'], (range) => {
    const rows = sql`with returned as (
      select ${dayOf(payments.refundedAt, range)} as day, ${payments.currency} as currency,
        ${payments.amount} - ${payments.givenBack} as amount, ${payments.state} as state
      from ${payments} where ${within(payments.refundedAt, range)} and ${bought}
      union all select ${dayOf(refundParts.givenAt, range)},
        (select ${payments.currency} from ${payments} where ${payments.id} = ${refundParts.paymentId}),
        ${refundParts.amount}, 'part'
      from ${refundParts} where ${within(refundParts.givenAt, range)})`;
    return sql`${rows} ${union([
      tally('refunded', 'currency', 'sum(amount)', 'returned'),
      tally('refunds', 'state', 'count(*)', 'returned'),
    ])}`;
  }),
  part(['orders-paid'], (range) => {
    const rows = sql`with paid as (select ${dayOf(orders.paidAt, range)} as day, ${orders.kind} as kind
      from ${orders} where ${within(orders.paidAt, range)})`;
    return sql`${rows} ${tally('orders-paid', 'kind', 'count(*)', 'paid')}`;
  }),
  part(['credits'], (range) => {
    const rows = sql`with moved as (
      select ${dayOf(creditEntries.createdAt, range)} as day,
        ${kindOf(creditEntries.kind, creditEntries.idempotencyKey)} as kind,
        ${creditEntries.available} + ${creditEntries.reserved} as credits
      from ${creditEntries} where ${within(creditEntries.createdAt, range)} and ${isApartFromPictures})`;
    return sql`${rows} ${tally('credits', 'kind', 'sum(credits)', 'moved')}`;
  }),
  part(['new-people', 'new-people-by-source'], (range) => {
    const rows = sql`with came as (
      select ${dayOf(users.createdAt, range)} as day, ${users.language} as language,
        ${sourceOf(users.id)} as source
      from ${users}
      where ${within(users.createdAt, range)})`;
    return sql`${rows} ${union([
      tally('new-people', 'language', 'count(*)', 'came'),
      tally('new-people-by-source', 'source', 'count(*)', 'came'),
    ])}`;
  }),
  part(['active'], (range) =>
    people('active', { table: photoshoots, userId: photoshoots.userId, at: photoshoots.createdAt }, range),
  ),
  part(['drafts', 'recognised'], (range) => {
    const rows = sql`with sent as (
      select ${dayOf(photoshoots.createdAt, range)} as day, ${photoshoots.recognisedBy} as recognised_by
      from ${photoshoots} where ${within(photoshoots.createdAt, range)})`;
    return sql`${rows} ${union([
      tally('drafts', "''", 'count(*)', 'sent'),
      tally('recognised', 'recognised_by', 'count(*)', 'sent where recognised_by is not null'),
    ])}`;
  }),
  // A placed photoshoot has its pictures from that moment on; one of them is its first.
  part(['placed', 'ordered', 'ordered-by-ratio', 'ordered-by-style'], (range) => {
    const rows = sql`with ordered as (
      select ${dayOf(processedImages.createdAt, range)} as day, ${processedImages.position} as position,
        ${processedImages.ratio} as ratio, ${styleOf} as style
      from ${processedImages} where ${within(processedImages.createdAt, range)})`;
    return sql`${rows} ${union([
      tally('placed', "''", 'count(*)', 'ordered where position = 1'),
      tally('ordered', "''", 'count(*)', 'ordered'),
      tally('ordered-by-ratio', 'ratio', 'count(*)', 'ordered'),
      tally('ordered-by-style', 'style', 'count(*)', 'ordered'),
    ])}`;
  }),
  part(
    ['photoshoots', 'pictures', 'pictures-missing', 'credits-used', 'likeness', 'likeness-reasons', 'labels'],
    (range) => {
      const rows = sql`with ended as (
      select ${dayOf(photoshoots.finishedAt, range)} as day, ${photoshoots.id} as id,
        ${photoshoots.state} as outcome, ${processedImages.state} as state, ${processedImages.failureCode} as code,
        ${processedImages.likeness} as likeness, ${processedImages.likenessReasons} as reasons,
        ${processedImages.label} as label, ${worth} as worth
      from ${photoshoots} left join ${processedImages} on ${processedImages.photoshootId} = ${photoshoots.id}
      where ${within(photoshoots.finishedAt, range)}), outcomes as (
      select day, case when outcome = 'completed' and bool_and(state = 'delivered') then 'complete'
          when outcome = 'completed' then 'partial'
          when outcome = 'failed' and count(state) = 0 then 'photo-refused' else outcome end as outcome
      from ended group by day, id, outcome)`;
      return sql`${rows} ${union([
        tally('photoshoots', 'outcome', 'count(*)', 'outcomes'),
        tally('pictures', 'state', 'count(*)', 'ended where state is not null'),
        tally('credits-used', "''", 'sum(worth)', "ended where state = 'delivered'"),
        tally(
          'pictures-missing',
          "coalesce(code, '')",
          'count(*)',
          "ended where state in ('failed', 'refused')",
        ),
        // Of what was delivered: the verdict comes after the end, and its day is the end's.
        tally('likeness', 'likeness', 'count(*)', "ended where state = 'delivered' and likeness is not null"),
        tally('labels', 'label', 'count(*)', "ended where state = 'delivered' and label is not null"),
        tally(
          'likeness-reasons',
          'reason',
          'count(*)',
          "ended cross join lateral unnest(string_to_array(reasons, ' ')) as reason where state = 'delivered'",
        ),
      ])}`;
    },
  ),
  part(['pictures-paid'], paidWith),
  part(['not-right', 'credits-given-back'], (range) => {
    const rows = sql`with returned as (
      select ${dayOf(processedImages.givenBackAt, range)} as day, ${processedImages.givenBackReason} as reason,
        ${worth} as worth
      from ${processedImages} where ${within(processedImages.givenBackAt, range)})`;
    return sql`${rows} ${union([
      tally('not-right', "coalesce(reason, 'none')", 'count(*)', 'returned'),
      tally('credits-given-back', "''", 'sum(worth)', 'returned'),
    ])}`;
  }),
  part(['cost', 'calls'], (range) => {
    const rows = sql`with called as (
      select ${dayOf(providerAttempts.startedAt, range)} as day, ${providerAttempts.purpose} as purpose,
        ${providerAttempts.state} as state, ${providerAttempts.costMicroUsd} as cost
      from ${providerAttempts}
      where ${providerAttempts.purpose} in ('detection', 'picture', 'listing', 'label')
        and ${providerAttempts.state} in ('open', 'succeeded', 'failed', 'unknown')
        and ${within(providerAttempts.startedAt, range)})`;
    return sql`${rows} ${union([
      tally('cost', 'purpose', 'coalesce(sum(cost), 0)', 'called'),
      tally('calls', "purpose || ':' || state", 'count(*)', 'called'),
    ])}`;
  }),
  // Every step counts once a person; of payments, which have one each, the first.
  part(['funnel'], (range) => {
    const earlier = sql`select from ${events} as earlier where earlier.user_id = ${events.userId}
      and earlier.kind = 'paid' and earlier.id < ${events.id}`;
    const rows = sql`with taken as (
      select ${dayOf(events.createdAt, range)} as day, ${events.kind} as kind,
        ${sourceOf(events.userId)} as source
      from ${events}
      where ${events.kind} in ('start', 'photo', 'first-picture', 'paywall-seen', 'invoice', 'paid', 'second-purchase')
        and ${within(events.createdAt, range)} and (${events.kind} <> 'paid' or not exists (${earlier})))`;
    return sql`${rows} ${tally('funnel', "kind || ':' || source", 'count(*)', 'taken')}`;
  }),
  part(['cohorts'], cohorts),
  part(['tickets'], (range) => {
    const rows = sql`with opened as (
      select ${dayOf(supportTickets.createdAt, range)} as day, ${supportTickets.topic} as topic
      from ${supportTickets} where ${within(supportTickets.createdAt, range)})`;
    return sql`${rows} ${tally('tickets', 'topic', 'count(*)', 'opened')}`;
  }),
] as const;

export type FigureName = (typeof PARTS)[number]['figures'][number];
/** Every figure, with those that are counted from the same rows at once. */
export const FIGURE_GROUPS = PARTS.map((one): readonly FigureName[] => one.figures);
export const FIGURES = FIGURE_GROUPS.flat();

/**
 * Figures of people, whom a sum over days would count once a day. Their dimension is the last day before on which
 * the person did the same (empty: never), so whoever is in a period stands in it once with a day before it: on their
 * first day of it. The people of a period are the sum of its rows whose dimension lies before its first day.
 */
export const PEOPLE_FIGURES = ['paying', 'active'] as const satisfies readonly FigureName[];

/** Figures that periods are summed up of; cohorts are read by the day. */
export type SummedFigure = Exclude<FigureName, 'cohorts'>;
export const SUMMED_FIGURES = FIGURES.filter((figure): figure is SummedFigure => figure !== 'cohorts');

/** A query of `day`, `figure`, `dimension` and `value`: what happened in the range, of the figures that are asked. */
export function countFigures(figures: readonly FigureName[], range: Range): SQL {
  const asked = PARTS.filter((one) => one.figures.some((figure) => figures.includes(figure)));
  return union(asked.map((one) => sql`(${one.rows(range)})`));
}

/**
 * Where a person came from, empty where that is not known. Looked up one by one: for a day with many rows a join would
 * read everybody's source.
 */
function sourceOf(userId: PgColumn): SQL {
  return sql`coalesce((select ${attributions.source} from ${attributions} where ${attributions.userId} = ${userId}), '')`;
}

/** What a delivered picture cost. */
const worth = sql`${processedImages.credits} - ${processedImages.creditsSaved}`;

/** A house style by its title; what was written for one product or by one person only by where it came from. */
const styleOf = sql`case when ${processedImages.styleOrigin} = 'house' then 'house:' || ${processedImages.style}
  else ${processedImages.styleOrigin} end`;
