/**
 * What is counted by the day, and from which rows: the one definition that the roll-up writes down and that counts
 * what has happened since. Each part reads one table by an index on the time that it counts by, so that it costs what
 * happened in the range and nothing of what was before.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import {
  attributions,
  creditEntries,
  events,
  orders,
  payments,
  photoshoots,
  processedImages,
  providerAttempts,
  supportTickets,
  users,
} from '../database/schema/index.ts';

/** Grows with every change of what a figure means: the roll-up is then written anew. */
export const FIGURES_VERSION = 3;

/** From `begins` on and before `ends`, both points in time; days are those of the time zone. */
export type Range = { begins: SQL; ends: SQL; timeZone: string };

type Part<F extends string = string> = {
  figures: readonly F[];
  /** @returns a query of day, figure, dimension and value */
  rows(range: Range): SQL;
};

function part<const F extends string>(figures: readonly F[], rows: (range: Range) => SQL): Part<F> {
  return { figures, rows };
}

/** A condition of the partial indexes of credit_entries, in their words. */
const isApartFromPictures = sql`${creditEntries.kind} not in ('reserve', 'capture', 'release', 'give-back')`;

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
  part(['refunded', 'refunds'], (range) => {
    const rows = sql`with returned as (
      select ${dayOf(payments.refundedAt, range)} as day, ${payments.currency} as currency,
        ${payments.amount} as amount, ${payments.state} as state
      from ${payments} where ${within(payments.refundedAt, range)} and ${bought})`;
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
  part(['drafts'], (range) => {
    const rows = sql`with sent as (select ${dayOf(photoshoots.createdAt, range)} as day
      from ${photoshoots} where ${within(photoshoots.createdAt, range)})`;
    return sql`${rows} ${tally('drafts', "''", 'count(*)', 'sent')}`;
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

function people(
  figure: string,
  of: { table: PgTable; userId: PgColumn; at: PgColumn; where?: SQL },
  range: Range,
): SQL {
  const { table, userId, at, where = sql`true` } = of;
  const before = sql`select (max(${at}) at time zone ${range.timeZone}::text)::date from ${table}
    where ${userId} = seen.user_id and ${at} < ${range.begins} and ${where}`;
  // Only of a person's first day in the range the rows before it are asked.
  return sql`select day, ${sql.raw(`'${figure}'`)} as figure, coalesce(previous::text, '') as dimension, count(*) as value
    from (select day, coalesce(lag(day) over (partition by user_id order by day), (${before})) as previous
      from (select distinct ${userId} as user_id, ${dayOf(at, range)} as day from ${table}
        where ${within(at, range)} and ${where}) as seen) as returned
    group by day, previous`;
}

/** How long a cohort is followed: a day then has no more rows than so many, however long the history is. */
const COHORT_WEEKS_FOLLOWED = 26;

/**
 * People who placed a photoshoot, on the first day of each week on which they did, by the week in which they did so
 * first of all; weeks go by their Monday. So the people of a cohort in a week are the sum of its days.
 */
function cohorts(range: Range): SQL {
  const { createdAt, userId } = processedImages;
  const before = sql`select ${dayOf(createdAt, range)} from ${processedImages}
    where ${userId} = seen.user_id and ${createdAt} < ${range.begins} order by ${createdAt} desc limit 1`;
  const first = sql`select ${dayOf(createdAt, range)} from ${processedImages}
    where ${userId} = returned.user_id order by ${createdAt} limit 1`;
  const cohort = sql`date_trunc('week', (${first}))::date`;
  return sql`select day, 'cohorts' as figure, cohort::text as dimension, count(*) as value
    from (select day, ${cohort} as cohort from (select day, user_id, coalesce(lag(day) over (partition by user_id order by day), (${before})) as previous
      from (select distinct ${userId} as user_id, ${dayOf(createdAt, range)} as day from ${processedImages}
        where ${within(createdAt, range)}) as seen) as returned
      where previous is null or date_trunc('week', previous) < date_trunc('week', day)) as placed
    where cohort > day - ${sql.raw(String(COHORT_WEEKS_FOLLOWED * 7))}
    group by day, cohort`;
}

/**
 * Delivered pictures by the kind of credit that each used; of a picture of two credits the first one counts. The
 * rule: a person's credits are used in the order in
 * which they came. So what somebody still has are the credits that came last, and a picture uses the oldest of
 * those: of the lots that brought credits, the oldest one whose later lots hold less than what the person still had.
 * What a refund took back shrinks its purchase; a credit that came back is the one that is used next. A picture that
 * was in work when a chargeback took its credit is `owed`.
 *
 * What the person had before a capture follows from what they have now and the entries since, and entries that bring
 * credits are few. Lots lie one behind the other, the oldest first, and a capture has its place among them: as many
 * credits before it as had been used by then. An entry that changes a lot which is there already shifts those behind
 * it, so an epoch begins. Everything is sorted once; nothing compares each capture with each lot.
 */
function paidWith(range: Range): SQL {
  const moved = sql`${creditEntries.available} + ${creditEntries.reserved}`;
  return sql`with ended as (
      select ${dayOf(photoshoots.finishedAt, range)} as day, ${photoshoots.id} as id from ${photoshoots}
      where ${within(photoshoots.finishedAt, range)}),
    captured as materialized (
      select ended.day, ${creditEntries.id} as id, ${creditEntries.userId} as user_id
      from ended join ${creditEntries} on ${creditEntries.photoshootId} = ended.id
      where ${creditEntries.kind} = 'capture'),
    buyers as materialized (select user_id, min(id) as first_id from captured group by user_id),
    since as (
      select ${creditEntries.id} as id, ${creditEntries.userId} as user_id,
        ${users.credits} + ${users.reservedCredits}
          - sum(${moved}) over (partition by ${creditEntries.userId} order by ${creditEntries.id} desc) as had
      -- One buyer after the other, by an index: as joins they may be planned as reads of everybody's.
      from buyers cross join lateral (select * from ${users} where ${users.id} = buyers.user_id offset 0) as users
        cross join lateral (select * from ${creditEntries}
          where ${creditEntries.userId} = buyers.user_id and ${creditEntries.id} >= buyers.first_id
            -- Ids are given before the commit: the day is for the index, the id decides.
            and ${creditEntries.createdAt} >= ${range.begins} - interval '1 day' offset 0) as credit_entries),
    brought as (
      select user_id, id, credits, lot, kind, id >= first_id and id > min(id) over (partition by user_id, lot) as shifts
      from (select ${creditEntries.userId} as user_id, ${creditEntries.id} as id, ${moved} as credits, buyers.first_id,
          coalesce('payment:' || ${creditEntries.paymentId}, 'entry:' || ${creditEntries.id}) as lot,
          case ${kindOf(creditEntries.kind, creditEntries.idempotencyKey)}
            when 'welcome' then 'free' when 'purchase' then 'bought' else 'given' end as kind
        from buyers cross join lateral (select * from ${creditEntries}
          where ${creditEntries.userId} = buyers.user_id and ${isApartFromPictures} offset 0) as credit_entries
        ) as entries),
    timeline as materialized (
      select *, sum(credits) over so_far as total, sum(shifts::int) over so_far as epoch
      from (select user_id, id, credits, lot, kind, shifts, null::date as day, null::numeric as had from brought
        union all select captured.user_id, captured.id, 0, null, null, false, captured.day, since.had
          from captured join since on since.id = captured.id) as happened
      window so_far as (partition by user_id order by id)),
    captures as (select user_id, epoch, id, day, had, total - had as place from timeline where day is not null),
    lots as (
      select epochs.user_id, epochs.epoch, min(id) as first_id, (array_agg(kind order by id))[1] as kind,
        sum(sum(credits)) over (partition by epochs.user_id, epochs.epoch order by min(id)) - sum(credits) as place
      from (select distinct user_id, epoch from captures) as epochs join timeline on timeline.user_id = epochs.user_id
        and lot is not null and (not shifts or timeline.epoch <= epochs.epoch)
      group by epochs.user_id, epochs.epoch, lot having sum(credits) > 0),
    line as (
      select user_id, epoch, day, had, max(first_id) over (partition by user_id, epoch order by place, turn
        rows unbounded preceding) as first_id
      from (select user_id, epoch, place, 1 as turn, first_id, null::date as day, null::numeric as had from lots
        union all select user_id, epoch, place, 2, null, day, had from captures) as places),
    used as (
      select line.day, case when line.had > 0 then coalesce(lots.kind, 'owed') else 'owed' end as kind
      from line left join lots using (user_id, epoch, first_id) where line.day is not null)
    ${tally('pictures-paid', 'kind', 'count(*)', 'used')}`;
}

/** An entry's kind; the welcome is a gift that everybody gets. */
function kindOf(kind: PgColumn, key: PgColumn): SQL {
  return sql`case when ${key} like 'welcome:%' then 'welcome' else ${kind} end`;
}

/** What a delivered picture cost. */
const worth = sql`${processedImages.credits} - ${processedImages.creditsSaved}`;

/** A house style by its title; what was written for one product or by one person only by where it came from. */
const styleOf = sql`case when ${processedImages.styleOrigin} = 'house' then 'house:' || ${processedImages.style}
  else ${processedImages.styleOrigin} end`;

function dayOf(column: PgColumn, { timeZone }: Range): SQL {
  return sql`(${column} at time zone ${timeZone}::text)::date`;
}

function within(column: PgColumn, { begins, ends }: Range): SQL {
  return sql`${column} >= ${begins} and ${column} < ${ends}`;
}

/** Groups rows that have a day. All but the range is ours, so it is written into the statement. */
function tally(figure: string, dimension: string, value: string, from: string): SQL {
  return sql.raw(`select day, '${figure}' as figure, ${dimension} as dimension, ${value} as value
    from ${from} group by 1, 3`);
}

function union(queries: readonly SQL[]): SQL {
  return sql.join([...queries], sql` union all `);
}
