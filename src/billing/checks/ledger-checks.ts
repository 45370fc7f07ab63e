/**
 * What must be true of the money, one question each: every row says what is recorded and what it should be.
 * The sums are written down in `users` for speed, the ledger says how they came about, and the payments,
 * pictures, rewards and codes say what should have been moved; all three have to agree.
 */
import { type SQL, sql } from 'drizzle-orm';
import {
  creditEntries,
  orders,
  payments,
  photoshoots,
  processedImages,
  promoCodes,
  promoRedemptions,
  referralRewards,
  users,
} from '../../database/schema/index.ts';

/** By the question: a query of `user_id`, `row_id`, `recorded` and `expected`. */
export type Checks = Readonly<Record<string, SQL>>;

/** An inviter's reward that was taken back: a refund entry that is no buyer's. */
const isTakenBack = sql`${creditEntries.idempotencyKey} like 'take-back:%'`;
const isOpen = sql`${photoshoots.state} in ('queued', 'generating')`;

/** Each person's entries, summed by `what`. */
function ledgerSum(what: SQL, where?: SQL): SQL {
  return sql`coalesce((select sum(${what}) from ${creditEntries}
    where ${creditEntries.userId} = ${users.id} and ${where ?? sql`true`}), 0)`;
}

/** Pictures of a person: those in work, and those delivered and kept, each have taken a credit. */
function pictures(where: SQL): SQL {
  return sql`(select count(*) from ${processedImages}
    join ${photoshoots} on ${photoshoots.id} = ${processedImages.photoshootId}
    where ${processedImages.userId} = ${users.id} and ${where})`;
}

/**
 * What payments have brought. How much of a refunded one was still unused stands in the ledger alone; that it
 * lies between nothing and everything is a check of its own.
 */
const bought = sql`coalesce((select sum(${payments.credits}) from ${payments}
    where ${payments.userId} = ${users.id} and ${payments.state} <> 'charged-back'), 0)
  + ${ledgerSum(
    sql`${creditEntries.available}`,
    sql`((${creditEntries.kind} = 'refund' and not ${isTakenBack})
      or ${creditEntries.idempotencyKey} like 'refund-undone:%')
      and ${creditEntries.paymentId} not in (select ${payments.id} from ${payments} where ${payments.state} = 'charged-back')`,
  )}`;

const rewarded = sql`coalesce((select sum(${referralRewards.credits}) from ${referralRewards}
    where ${referralRewards.inviterId} = ${users.id}), 0)`;

const promised = sql`coalesce((select sum(${promoCodes.value}) from ${promoRedemptions}
    join ${promoCodes} on ${promoCodes.code} = ${promoRedemptions.code}
    where ${promoRedemptions.userId} = ${users.id} and ${promoCodes.kind} = 'credits'), 0)`;

function ofEachPerson(recorded: SQL, expected: SQL): SQL {
  return sql`select ${users.id} as user_id, ${users.id} as row_id, ${recorded} as recorded, ${expected} as expected
    from ${users}`;
}

export const CHECKS: Checks = {
  'credits of the person = sum of the ledger': ofEachPerson(
    sql`${users.credits}`,
    ledgerSum(sql`${creditEntries.available}`),
  ),
  'held credits of the person = sum of the ledger': ofEachPerson(
    sql`${users.heldCredits}`,
    ledgerSum(sql`${creditEntries.held}`),
  ),
  // A gift has no record but its entry.
  'credits of the person = gifts, payments, rewards and codes, less pictures': ofEachPerson(
    sql`${users.credits}`,
    sql`${ledgerSum(sql`${creditEntries.available}`, sql`${creditEntries.kind} = 'gift'`)}
      + ${bought} + ${rewarded} + ${promised}
      - ${pictures(sql`(${isOpen} or (${processedImages.state} = 'delivered' and ${processedImages.givenBackAt} is null))`)}`,
  ),
  'held credits of the person = pictures in work': ofEachPerson(sql`${users.heldCredits}`, pictures(isOpen)),
  'rewards in the ledger = rewards': ofEachPerson(
    ledgerSum(sql`${creditEntries.available}`, sql`(${creditEntries.kind} = 'reward' or ${isTakenBack})`),
    rewarded,
  ),
  'codes in the ledger = codes redeemed': ofEachPerson(
    ledgerSum(sql`${creditEntries.available}`, sql`${creditEntries.kind} = 'promo'`),
    promised,
  ),
  'below zero only after a chargeback': sql`
    select ${users.id} as user_id, ${users.id} as row_id, ${users.credits} as recorded, 0 as expected
    from ${users} where ${users.credits} < 0 and not exists (select from ${creditEntries}
      where ${creditEntries.userId} = ${users.id} and ${creditEntries.kind} = 'chargeback')`,

  'entries of the payment = its state': sql`
    select user_id, row_id, net as recorded,
      case when state = 'credited' then credits
        when state in ('refunding', 'refunded') then greatest(0, least(net, credits)) else 0 end as expected
    from (select ${payments.userId} as user_id, ${payments.id} as row_id, ${payments.state} as state,
        ${payments.credits} as credits, coalesce(sum(${creditEntries.available}), 0) as net
      from ${payments} left join ${creditEntries}
        on ${creditEntries.paymentId} = ${payments.id} and ${creditEntries.userId} = ${payments.userId}
      group by ${payments.id}) as paid`,
  'payment = its order': sql`
    select ${payments.userId} as user_id, ${payments.id} as row_id,
      concat_ws(' ', ${payments.userId}, ${payments.amount}, ${payments.currency}, ${payments.credits}) as recorded,
      case when ${payments.heldReason} is null
        then concat_ws(' ', ${orders.userId}, ${orders.amount}, ${orders.currency}, ${orders.credits})
        else concat_ws(' ', ${payments.userId}, ${payments.amount}, ${payments.currency}, 0) end as expected
    from ${payments} left join ${orders} on ${orders.id} = ${payments.orderId}`,
  'state of the order = its payments': sql`
    select user_id, row_id, state as recorded,
      case when kind = 'subscription' and state = 'refunded' and reversed > 0 then 'refunded'
        when standing > 0 then 'paid' when reversed > 0 then 'refunded'
        when state in ('paid', 'refunded') then 'without a payment' else state end as expected
    from (select ${orders.userId} as user_id, ${orders.id} as row_id, ${orders.kind} as kind, ${orders.state} as state,
        count(*) filter (where ${payments.state} = 'credited') as standing,
        count(*) filter (where ${payments.state} in ('refunding', 'refunded', 'charged-back')) as reversed
      from ${orders} left join ${payments}
        on ${payments.orderId} = ${orders.id} and ${payments.heldReason} is null
      group by ${orders.id}) as ordered`,

  'entries of the picture = its state': sql`
    select user_id, row_id, moves as recorded,
      case when open then '' when state <> 'delivered' then 'release'
        when given_back then 'capture, give-back' else 'capture' end as expected
    from (select ${processedImages.userId} as user_id, ${processedImages.id} as row_id,
        ${processedImages.state} as state, ${processedImages.givenBackAt} is not null as given_back, ${isOpen} as open,
        coalesce(string_agg(${creditEntries.kind}, ', ' order by ${creditEntries.kind}), '') as moves
      from ${processedImages} join ${photoshoots} on ${photoshoots.id} = ${processedImages.photoshootId}
        left join ${creditEntries} on ${creditEntries.pictureId} = ${processedImages.id}
      group by ${processedImages.id}, ${photoshoots.id}) as made`,
  'credits reserved for the photoshoot = its pictures': sql`
    select ${photoshoots.userId} as user_id, ${photoshoots.id} as row_id,
      coalesce((select sum(${creditEntries.held}) from ${creditEntries}
        where ${creditEntries.photoshootId} = ${photoshoots.id} and ${creditEntries.kind} = 'reserve'), 0) as recorded,
      (select count(*) from ${processedImages}
        where ${processedImages.photoshootId} = ${photoshoots.id}) as expected
    from ${photoshoots}`,
};
