import { eq, type SQL, sql } from 'drizzle-orm';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { CHECKS } from '../../../src/billing/checks/ledger-checks.ts';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { createPromoCode } from '../../../src/billing/promo-codes/create-promo-code.ts';
import { redeemPromoCode } from '../../../src/billing/promo-codes/redeem-promo-code.ts';
import { refundPart } from '../../../src/billing/refunds/refund-part.ts';
import { beginRefund, settleRefund, undoRefund } from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import type { Database } from '../../../src/database/client.ts';
import { selectRows } from '../../../src/database/rows.ts';
import { creditEntries, users } from '../../../src/database/schema/index.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { openFileScene } from '../../support/scene.ts';
import { ADMIN, createTill } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
const life = await fullLife();

/** Somebody with one of everything: gift, code, reward, purchases in every state, pictures in every state. */
async function fullLife() {
  const inviter = await scene.customer(1);
  const userId = await scene.customer(2);
  await scene.db.update(users).set({ invitedBy: inviter }).where(eq(users.id, userId));
  await giveCredits(scene.db, { userId, credits: 3, key: `gift-${userId}`, by: ADMIN, why: null });
  const code = `GIFT${userId}`;
  const limits = { maxUses: null, usesPerUser: 1, endsAt: null, createdBy: ADMIN };
  await createPromoCode(scene.db, { code, kind: 'credits', value: 5, ...limits }, scene.now);
  await redeemPromoCode(scene.db, { code, userId, key: `asked:${scene.nextId()}` }, scene.now);
  const paid = await till.paid(await till.order(userId, { credits: 40 }));
  const refunded = await till.paid(await till.order(userId));
  const reversed = await till.paid(await till.order(userId));
  const delivered = await scene.delivered(userId, 3);
  const [first] = delivered.pictures;
  if (first === undefined) throw new Error('three pictures were ordered');
  await giveBack(scene.db, { pictureId: first.id, userId, perDay: 9, sharePercent: 100 }, scene.now);
  await scene.deliver(await scene.running(userId, 4), 1);
  const placed = await scene.placed(userId, 2);
  const refund = { paymentId: refunded.paymentId, adminId: ADMIN, reason: 'asked' as const };
  await beginRefund(scene.db, refund, scene.now);
  await undoRefund(scene.db, refunded.paymentId);
  await beginRefund(scene.db, refund, scene.now);
  await settleRefund(scene.db, refunded.paymentId, scene.now);
  const { telegramPaymentChargeId } = await till.payment(reversed.paymentId);
  await reversePayment(scene.db, { chargeId: telegramPaymentChargeId }, scene.now);
  const owing = await refundedAtWork();
  const inParts = await givenBackInParts(userId);
  const paidCharge = (await till.payment(paid.paymentId)).telegramPaymentChargeId;
  return {
    owing,
    inParts,
    paidCharge,
    inviter,
    userId,
    paid,
    refunded,
    reversed,
    placed,
    pictureId: first.id,
  };
}

/** A card payment of which two parts went back. @returns its id */
async function givenBackInParts(userId: number): Promise<number> {
  const order = await till.order(userId, { credits: 7, currency: 'RUB', amount: 19_900 });
  const { paymentId } = await till.paid(order);
  for (const amount of [5_000, 1_000]) {
    const part = { paymentId, amount, key: `part:${paymentId}:${amount}`, by: ADMIN, why: 'cut' };
    await scene.db.transaction((tx) => refundPart(tx, part, scene.now));
  }
  return paymentId;
}

/** Somebody whose purchase was refunded while its credits were at work, and had some of those back since. */
async function refundedAtWork(): Promise<number> {
  const { userId, payment } = await till.buyer();
  const running = await scene.running(userId, 4);
  await scene.delivered(userId, 2);
  await beginRefund(
    scene.db,
    { paymentId: payment.paymentId, adminId: ADMIN, reason: 'asked' as const },
    scene.now,
  );
  await settleRefund(scene.db, payment.paymentId, scene.now);
  // What comes back in the millisecond of the refund cannot be told from what came before it.
  await scene.db.execute(sql`select pg_sleep(0.002)`);
  await scene.deliver(running, 1);
  return userId;
}

type Life = Awaited<ReturnType<typeof fullLife>>;

/** What somebody with a console could do to the books, and the questions that must notice. */
const TAMPERING: Readonly<Record<string, { with: (life: Life) => SQL; noticed: readonly string[] }>> = {
  'a balance that was raised by hand': {
    with: ({ userId }) => sql`update users set credits = credits + 1 where id = ${userId}`,
    noticed: [
      'credits of the person = sum of the ledger',
      'credits of the person = gifts, corrections, payments, rewards and codes, less pictures',
    ],
  },
  'a lost entry of a purchase': {
    with: ({ paid }) =>
      sql`delete from credit_entries where payment_id = ${paid.paymentId} and kind = 'purchase'`,
    noticed: ['credits of the person = sum of the ledger', 'entries of the payment = its state'],
  },
  'a payment of which the ledger and the balance know nothing': {
    with: ({
      userId,
      paid,
    }) => sql`insert into payments (order_id, user_id, telegram_payment_charge_id, currency,
      amount, credits, state, source) select order_id, user_id, ${`lost-${userId}`}, currency, amount, credits,
      'credited', 'update' from payments where id = ${paid.paymentId}`,
    noticed: [
      'credits of the person = gifts, corrections, payments, rewards and codes, less pictures',
      'entries of the payment = its state',
    ],
  },
  'a payment that claims more credits than its order': {
    with: ({ paid }) => sql`update payments set credits = credits + 1 where id = ${paid.paymentId}`,
    noticed: [
      'credits of the person = gifts, corrections, payments, rewards and codes, less pictures',
      'entries of the payment = its state',
      'payment = its order',
    ],
  },
  'a part of which the payment knows nothing': {
    with: ({ inParts }) => sql`insert into refund_parts (payment_id, amount, credits, key, given_by, given_at)
      values (${inParts}, 100, 0, 'by hand', 7, now())`,
    noticed: ['what was given back of the payment = its parts'],
  },
  'parts that took another share of the credits': {
    with: ({
      inParts,
    }) => sql`with moved as (update payments set reclaimed = reclaimed + 1 where id = ${inParts})
      update refund_parts set credits = credits + 1
        where id = (select max(id) from refund_parts where payment_id = ${inParts})`,
    noticed: ['credits of the parts = their share of what was paid'],
  },
  'a payment that stands though everything went back in parts': {
    with: ({
      inParts,
    }) => sql`with moved as (update payments set given_back = amount, reclaimed = credits where id = ${inParts})
      insert into refund_parts (payment_id, amount, credits, key, given_by, given_at)
        values (${inParts}, 13900, 5, 'by hand', 7, now())`,
    noticed: ['payment of which everything went back in parts = refunded'],
  },
  'an order that is paid without a payment': {
    with: ({
      userId,
    }) => sql`insert into orders (user_id, kind, state, package_name, credits, currency, amount, expires_at)
      values (${userId}, 'package', 'paid', 'Start', 12, 'XTR', 99, now())`,
    noticed: ['state of the order = its payments'],
  },
  'a refund that the order does not know': {
    with: ({ refunded }) => sql`update orders set state = 'paid' where id = ${refunded.order.id}`,
    noticed: ['state of the order = its payments'],
  },
  'a delivered picture that was never captured': {
    with: ({ pictureId }) =>
      sql`delete from credit_entries where picture_id = ${pictureId} and kind = 'capture'`,
    noticed: ['reserved credits of the person = sum of the ledger', 'entries of the picture = its state'],
  },
  'a picture given back twice in the ledger': {
    with: ({
      userId,
      pictureId,
    }) => sql`insert into credit_entries (user_id, kind, available, held, idempotency_key, picture_id)
      values (${userId}, 'give-back', 1, 0, ${`twice-${userId}`}, ${pictureId})`,
    noticed: ['credits of the person = sum of the ledger', 'entries of the picture = its state'],
  },
  'a credit that came back and was not paid to the refund that was owed it': {
    with: ({
      owing,
    }) => sql`with forgotten as (delete from credit_entries where id = (select id from credit_entries
        where user_id = ${owing} and kind = 'repay' limit 1) returning user_id)
      update users set credits = credits + 1 where id = (select user_id from forgotten)`,
    noticed: ['credits of the picture that came back = paid to the refund that was owed them'],
  },
  'a payment that has waited for hours to be written down': {
    with: ({ userId }) => unsettled('payment', `unheard-of-${userId}`),
    noticed: ['charge that could not be written down = settled within the hour'],
  },
  'money that went back hours ago from a payment that still stands': {
    with: ({ paidCharge }) => unsettled('refund', paidCharge),
    noticed: ['charge that could not be written down = settled within the hour'],
  },
  'a photoshoot in work with a picture too many': {
    with: ({
      placed,
    }) => sql`insert into processed_images (photoshoot_id, user_id, position, style, style_prompt, style_origin, ratio)
      select photoshoot_id, user_id, 9, style, style_prompt, style_origin, ratio from processed_images
      where photoshoot_id = ${placed} and position = 1`,
    noticed: [
      'credits of the person = gifts, corrections, payments, rewards and codes, less pictures',
      'reserved credits of the person = pictures in work',
      'credits reserved for the photoshoot = its pictures',
    ],
  },
  'a reward that was never given': {
    with: ({ inviter }) =>
      sql`update referral_rewards set credits = credits + 1 where inviter_id = ${inviter}`,
    noticed: [
      'credits of the person = gifts, corrections, payments, rewards and codes, less pictures',
      'rewards in the ledger = rewards',
    ],
  },
  'a code that was redeemed and gave nothing': {
    with: ({ userId }) => sql`insert into promo_redemptions (code, user_id, number, key)
      select code, user_id, 2, key || ' again' from promo_redemptions where user_id = ${userId}`,
    noticed: [
      'credits of the person = gifts, corrections, payments, rewards and codes, less pictures',
      'codes in the ledger = codes redeemed',
    ],
  },
};

/** A charge that was reported two hours ago. */
function unsettled(kind: 'payment' | 'refund', chargeId: string): SQL {
  return sql`insert into unsettled_charges (kind, charge_id, user_id, payload, currency, amount, source, created_at)
    values (${kind}, ${chargeId}, 4711, 'order:1', 'XTR', 99, 'update', now() - interval '2 hours')`;
}

/** Changes the rows, asks the check, and takes the change back. */
async function noticedOf(change: SQL): Promise<string[]> {
  class Enough extends Error {}
  let noticed: string[] = [];
  const tampered = scene.db.transaction(async (tx) => {
    await tx.execute(change);
    noticed = (await checkLedger(tx)).map(({ check }) => check);
    throw new Enough();
  });
  await expect(tampered).rejects.toThrow(Enough);
  return noticed;
}

describe('the check of the ledger', () => {
  test('finds nothing after a life with everything in it', async () => {
    expect(await checkLedger(scene.db)).toEqual([]);
  });

  test('says who, which row, what is recorded and what it should be', async () => {
    const { userId } = life;
    const credits = await till.credits(userId);
    await scene.db
      .update(users)
      .set({ credits: credits + 5 })
      .where(eq(users.id, userId));
    const found = await checkLedger(scene.db);
    await scene.db.update(users).set({ credits }).where(eq(users.id, userId));
    expect(found[0]).toEqual({
      check: 'credits of the person = sum of the ledger',
      userId,
      rowId: userId,
      recorded: String(credits + 5),
      expected: String(credits),
    });
  });

  test.each(Object.entries(TAMPERING))('notices %s', async (_what, tampering) => {
    expect(await noticedOf(tampering.with(life))).toEqual(tampering.noticed);
  });

  test('notices a debt that no chargeback explains', async () => {
    const userId = await scene.customer(0);
    const change = sql`with owed as (update users set credits = -1 where id = ${userId})
      insert into credit_entries (user_id, kind, available, held, idempotency_key)
      values (${userId}, 'refund', -1, 0, ${`debt-${userId}`})`;
    expect(await noticedOf(change)).toContain('below zero only after a chargeback');
  });

  test('takes a charge that has just been reported, and one that is settled, for no difference', async () => {
    const { userId, paidCharge } = life;
    const young = sql`insert into unsettled_charges (kind, charge_id, user_id, payload, currency, amount, source)
      values ('payment', ${`young-${userId}`}, ${userId}, 'order:1', 'XTR', 99, 'update')`;
    expect(await noticedOf(young)).toEqual([]);
    expect(await noticedOf(unsettled('payment', paidCharge))).toEqual([]);
  });

  test('names each of a hundred thousand differences', async () => {
    // More than one call takes arguments.
    const change = sql`insert into unsettled_charges
      (kind, charge_id, user_id, payload, currency, amount, source, created_at)
      select 'payment', 'many-' || n, n, '', 'XTR', 1, 'update', now() - interval '2 hours'
      from generate_series(1, 130000) n`;
    expect(await noticedOf(change)).toHaveLength(130_000);
  });

  test.each(Object.entries(CHECKS))('reads no table again and again for %s', async (_check, question) => {
    const plan = await scene.db.transaction(async (tx) => {
      // What is still nested when it is to be avoided at any cost is nested whatever the tables hold.
      await tx.execute(sql`set local enable_nestloop = off`);
      const lines = await selectRows<{ 'QUERY PLAN': string }>(tx, sql`explain ${question}`);
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    });
    expect(plan).not.toMatch(/Nested Loop|SubPlan/);
  });

  test('cannot write, whatever it would try', async () => {
    // A database that slips a write into the transaction that the check opens.
    const meddling: Database = Object.create(scene.db, {
      transaction: {
        value: (work: (tx: Database) => Promise<unknown>, settings: PgTransactionConfig) =>
          scene.db.transaction(async (tx) => {
            await tx.delete(creditEntries).where(eq(creditEntries.userId, life.userId));
            return work(tx);
          }, settings),
      },
    });
    await expect(checkLedger(meddling)).rejects.toThrow();
    expect(await checkLedger(scene.db)).toEqual([]);
  });
});
