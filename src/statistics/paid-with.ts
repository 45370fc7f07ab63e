import { type SQL, sql } from 'drizzle-orm';
import { creditEntries, photoshoots, users } from '../database/schema/index.ts';
import { dayOf, isApartFromPictures, kindOf, type Range, tally, within } from './count-by-day.ts';

/**
 * Delivered pictures by the kind of credit that each used; of a picture of two credits the first one counts. The
 * rule: a person's credits are used in the order in which they came. So what somebody still has are the credits that came last, and a picture uses the oldest of
 * those: of the lots that brought credits, the oldest one whose later lots hold less than what the person still had.
 * What a refund took back shrinks its purchase; a credit that came back is the one that is used next. A picture that
 * was in work when a chargeback took its credit is `owed`.
 *
 * What the person had before a capture follows from what they have now and the entries since, and entries that bring
 * credits are few. Lots lie one behind the other, the oldest first, and a capture has its place among them: as many
 * credits before it as had been used by then. An entry that changes a lot which is there already shifts those behind
 * it, so an epoch begins. Everything is sorted once; nothing compares each capture with each lot.
 */
export function paidWith(range: Range): SQL {
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
