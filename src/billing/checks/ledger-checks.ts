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
  refundParts,
  unsettledCharges,
  users,
} from '../../database/schema/index.ts';

/** By the question: a query of `user_id`, `row_id`, `recorded` and `expected`. */
export type Checks = Readonly<Record<string, SQL>>;

/** An inviter's reward that was taken back: a refund entry that is no buyer's. */
const isTakenBack = sql`${creditEntries.idempotencyKey} like 'take-back:%'`;
const isOpen = sql`${photoshoots.state} in ('queued', 'generating')`;

/**
 * One number for each person: a table that grows is read once and grouped, never once for each row of another. A
 * person without rows has none.
 */
type Sums = SQL;

/** Each person's entries, summed by `what`. */
function ledgerSums(what: SQL, where: SQL = sql`true`): Sums {
  return sql`select ${creditEntries.userId} as user_id, sum(${what}) as amount from ${creditEntries}
    where ${where} group by ${creditEntries.userId}`;
}

/** What a picture has taken: in work what was reserved for it, once it is delivered what it is worth. */
const taken = sql`${processedImages.credits} - case when ${processedImages.state} = 'delivered'
  then ${processedImages.creditsSaved} else 0 end`;

/** Credits of each person's pictures: those in work, and those delivered and kept, have taken theirs. */
function pictureSums(where: SQL): Sums {
  return sql`select ${processedImages.userId} as user_id, sum(${taken}) as amount from ${processedImages}
    join ${photoshoots} on ${photoshoots.id} = ${processedImages.photoshootId}
    where ${where} group by ${processedImages.userId}`;
}

/**
 * What payments have brought, in two parts. How much of a refunded one was still unused stands in the ledger alone;
 * that it lies between nothing and everything is a check of its own.
 */
const bought: Sums = sql`select ${payments.userId} as user_id, sum(${payments.credits}) as amount from ${payments}
    where ${payments.state} <> 'charged-back' group by ${payments.userId}`;
const takenBack: Sums = sql`select ${creditEntries.userId} as user_id, sum(${creditEntries.available}) as amount
    from ${creditEntries} left join ${payments} on ${payments.id} = ${creditEntries.paymentId}
    where ((${creditEntries.kind} in ('refund', 'repay') and not ${isTakenBack})
      or ${creditEntries.idempotencyKey} like 'refund-undone:%')
      and ${payments.state} <> 'charged-back' group by ${creditEntries.userId}`;

const rewarded: Sums = sql`select ${referralRewards.inviterId} as user_id, sum(${referralRewards.credits}) as amount
    from ${referralRewards} group by ${referralRewards.inviterId}`;

const promised: Sums = sql`select ${promoRedemptions.userId} as user_id, sum(${promoCodes.value}) as amount
    from ${promoRedemptions} join ${promoCodes} on ${promoCodes.code} = ${promoRedemptions.code}
    where ${promoCodes.kind} = 'credits' group by ${promoRedemptions.userId}`;

const isTaken = sql`(${isOpen} or (${processedImages.state} = 'delivered' and ${processedImages.givenBackAt} is null))`;

/** Every person, with what stands in `recorded` and the sums that it should be, the last ones taken off. */
function ofEachPerson(recorded: SQL | Sums[], plus: readonly Sums[], minus: readonly Sums[] = []): SQL {
  const isColumn = !Array.isArray(recorded);
  const parts = [
    ...(isColumn ? [] : recorded.map((sums) => ({ sums, side: 'recorded', sign: sql`` }))),
    ...plus.map((sums) => ({ sums, side: 'expected', sign: sql`` })),
    ...minus.map((sums) => ({ sums, side: 'expected', sign: sql`-` })),
  ].map((part, index) => ({ ...part, name: sql.identifier(`part_${index}`) }));
  const total = (side: string) =>
    sql.join(
      parts
        .filter((part) => part.side === side)
        .map(({ sign, name }) => sql`${sign} coalesce(${name}.amount, 0)`),
      sql` + `,
    );
  const joins = parts.map(
    ({ sums, name }) => sql`left join (${sums}) as ${name} on ${name}.user_id = ${users.id}`,
  );
  return sql`select ${users.id} as user_id, ${users.id} as row_id,
      ${isColumn ? recorded : total('recorded')} as recorded, ${total('expected')} as expected
    from ${users} ${sql.join(joins, sql` `)}`;
}

export const CHECKS: Checks = {
  'credits of the person = sum of the ledger': ofEachPerson(sql`${users.credits}`, [
    ledgerSums(sql`${creditEntries.available}`),
  ]),
  'reserved credits of the person = sum of the ledger': ofEachPerson(sql`${users.reservedCredits}`, [
    ledgerSums(sql`${creditEntries.reserved}`),
  ]),
  // A gift, an owner's correction, and what somebody gave up with their data have no record but their entry.
  'credits of the person = gifts, corrections, payments, rewards and codes, less pictures': ofEachPerson(
    sql`${users.credits}`,
    [
      ledgerSums(
        sql`${creditEntries.available}`,
        sql`${creditEntries.kind} in ('gift', 'correction-up', 'correction-down', 'forfeit')`,
      ),
      bought,
      takenBack,
      rewarded,
      promised,
    ],
    [pictureSums(isTaken)],
  ),
  'reserved credits of the person = pictures in work': ofEachPerson(sql`${users.reservedCredits}`, [
    pictureSums(isOpen),
  ]),
  'rewards in the ledger = rewards': ofEachPerson(
    [ledgerSums(sql`${creditEntries.available}`, sql`(${creditEntries.kind} = 'reward' or ${isTakenBack})`)],
    [rewarded],
  ),
  'codes in the ledger = codes redeemed': ofEachPerson(
    [ledgerSums(sql`${creditEntries.available}`, sql`${creditEntries.kind} = 'promo'`)],
    [promised],
  ),
  'below zero only after a chargeback': sql`
    select ${users.id} as user_id, ${users.id} as row_id, ${users.credits} as recorded, 0 as expected
    from ${users} where ${users.credits} < 0 and not exists (select from ${creditEntries}
      where ${creditEntries.userId} = ${users.id} and ${creditEntries.kind} = 'chargeback')`,

  'entries of the payment = its state': sql`
    select user_id, row_id, net as recorded,
      case when state = 'credited' then greatest(credits - reclaimed, least(net, credits))
        when state in ('refunding', 'refunded') then greatest(0, least(net, credits)) else 0 end as expected
    from (select ${payments.userId} as user_id, ${payments.id} as row_id, ${payments.state} as state,
        ${payments.credits} as credits, ${payments.reclaimed} as reclaimed, coalesce(sum(${creditEntries.available}), 0) as net
      from ${payments} left join ${creditEntries}
        on ${creditEntries.paymentId} = ${payments.id} and ${creditEntries.userId} = ${payments.userId}
      group by ${payments.id}) as paid`,
  // The rule of refunds/parts.ts in other words: the credits of all parts together, and never more money than came.
  'what was given back of the payment = its parts': sql`
    select ${payments.userId} as user_id, ${payments.id} as row_id,
      concat_ws(' ', ${payments.givenBack}, ${payments.reclaimed}) as recorded,
      concat_ws(' ', coalesce(parts.amount, 0), coalesce(parts.credits, 0)) as expected
    from ${payments} left join (select ${refundParts.paymentId} as payment_id, sum(${refundParts.amount}) as amount,
        sum(${refundParts.credits}) as credits from ${refundParts} group by ${refundParts.paymentId}) as parts
      on parts.payment_id = ${payments.id}
    where ${payments.givenBack} > 0 or parts.amount > 0`,
  'credits of the parts = their share of what was paid': sql`
    select ${payments.userId} as user_id, ${payments.id} as row_id, ${payments.reclaimed} as recorded,
      floor(${payments.credits}::numeric * ${payments.givenBack} / ${payments.amount}) as expected
    from ${payments} where ${payments.givenBack} > 0`,
  'payment of which everything went back in parts = refunded': sql`
    select ${payments.userId} as user_id, ${payments.id} as row_id, ${payments.state} as recorded,
      'refunded' as expected
    from ${payments} where ${payments.givenBack} = ${payments.amount} and ${payments.amount} > 0`,
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

  // It is tried every minute, and the buyer was told to write to us after an hour.
  'charge that could not be written down = settled within the hour': sql`
    select ${unsettledCharges.userId} as user_id, ${unsettledCharges.id} as row_id,
      'waits' as recorded, 'settled' as expected
    from ${unsettledCharges} left join ${payments}
      on ${payments.telegramPaymentChargeId} = ${unsettledCharges.chargeId}
    where ${unsettledCharges.createdAt} < now() - interval '1 hour' and (${payments.id} is null
      or (${unsettledCharges.kind} = 'refund' and ${payments.state} not in ('refunded', 'charged-back')))`,

  // Numbers are compared and only differences written out: there are millions of pictures.
  'entries of the picture = its state': sql`
    select user_id, row_id,
      concat('capture ', captures, ', give-back ', give_backs, ', release ', releases) as recorded,
      concat('capture ', captured, ', give-back ', given_back, ', release ', released) as expected
    from (select ${processedImages.userId} as user_id, ${processedImages.id} as row_id,
        coalesce(captures, 0) as captures, coalesce(give_backs, 0) as give_backs, coalesce(releases, 0) as releases,
        case when not ${isOpen} and ${processedImages.state} = 'delivered' then ${taken} else 0 end as captured,
        case when not ${isOpen} and ${processedImages.state} = 'delivered'
          and ${processedImages.givenBackAt} is not null then ${taken} else 0 end as given_back,
        case when ${isOpen} then 0 when ${processedImages.state} = 'delivered' then ${processedImages.creditsSaved}
          else ${processedImages.credits} end as released
      from ${processedImages} join ${photoshoots} on ${photoshoots.id} = ${processedImages.photoshootId}
        left join (select ${creditEntries.pictureId} as picture_id,
            sum(-${creditEntries.reserved}) filter (where ${creditEntries.kind} = 'capture') as captures,
            sum(${creditEntries.available}) filter (where ${creditEntries.kind} = 'give-back') as give_backs,
            sum(${creditEntries.available}) filter (where ${creditEntries.kind} = 'release') as releases
          from ${creditEntries} where ${creditEntries.pictureId} is not null
          group by ${creditEntries.pictureId}) as moved
          on moved.picture_id = ${processedImages.id}) as made
    where (captures, give_backs, releases) <> (captured, given_back, released)`,
  'credits reserved for the photoshoot = its pictures': sql`
    select ${photoshoots.userId} as user_id, ${photoshoots.id} as row_id,
      coalesce(reserved.amount, 0) as recorded, coalesce(ordered.amount, 0) as expected
    from ${photoshoots}
      left join (select ${creditEntries.photoshootId} as photoshoot_id, sum(${creditEntries.reserved}) as amount
        from ${creditEntries} where ${creditEntries.kind} = 'reserve'
        group by ${creditEntries.photoshootId}) as reserved on reserved.photoshoot_id = ${photoshoots.id}
      left join (select ${processedImages.photoshootId} as photoshoot_id, sum(${processedImages.credits}) as amount
        from ${processedImages} group by ${processedImages.photoshootId}) as ordered
        on ordered.photoshoot_id = ${photoshoots.id}
    where coalesce(reserved.amount, 0) <> coalesce(ordered.amount, 0)`,
  // A refund that is still owed something has been paid by every picture of before whose credits came back since.
  'credits of the picture that came back = paid to the refund that was owed them': sql`
    select user_id, came_back.picture_id as row_id, coalesce(paid, 0) as recorded, credits as expected
    from (select user_id, picture_id, sum(credits) as credits
      from (select distinct ${creditEntries.id} as entry_id, ${creditEntries.available} as credits,
          ${processedImages.userId} as user_id, ${processedImages.id} as picture_id
        from (select ${payments.userId} as user_id, ${payments.owedSince} as owed_since
            from ${payments} join ${creditEntries}
              on ${creditEntries.paymentId} = ${payments.id} and ${creditEntries.userId} = ${payments.userId}
            where ${payments.owedSince} is not null
            group by ${payments.id} having sum(${creditEntries.available}) >
              case when ${payments.state} = 'credited' then ${payments.credits} - ${payments.reclaimed} else 0 end) as owing
          join ${creditEntries} on ${creditEntries.userId} = owing.user_id
            and ${creditEntries.kind} in ('release', 'give-back') and ${creditEntries.createdAt} > owing.owed_since
          join ${processedImages} on ${processedImages.id} = ${creditEntries.pictureId}
            and ${processedImages.createdAt} <= owing.owed_since) as returned
      group by user_id, picture_id) as came_back
      left join (select ${creditEntries.pictureId} as picture_id, -sum(${creditEntries.available}) as paid
        from ${creditEntries} where ${creditEntries.kind} = 'repay' group by ${creditEntries.pictureId}) as repaid
        on repaid.picture_id = came_back.picture_id
    where credits > coalesce(paid, 0)`,
};
