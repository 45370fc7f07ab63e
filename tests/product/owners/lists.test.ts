/** What owners look at: lists by pages, one person, and what waits. */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { readOrders } from '../../../src/billing/orders/order-list.ts';
import { readHeldPayments, readPayments } from '../../../src/billing/orders/payment-lists.ts';
import { rememberFirstTouch } from '../../../src/customers/attribution.ts';
import { banPerson, unbanPerson } from '../../../src/customers/ban.ts';
import { findPerson } from '../../../src/customers/find-person.ts';
import { listPeople } from '../../../src/customers/list-people.ts';
import { orders, payments, processedImages, users } from '../../../src/database/schema/index.ts';
import { PAGE_SIZE, readPage } from '../../../src/owners/page.ts';
import { readActs } from '../../../src/owners/read-acts.ts';
import { listPictures, type PictureList } from '../../../src/photoshoots/list-pictures.ts';
import { readPerson } from '../../../src/statistics/person.ts';
import { readWhatWaits } from '../../../src/statistics/what-waits.ts';
import { openTicket } from '../../../src/support/open-ticket.ts';
import { readOpenTickets } from '../../../src/support/read-tickets.ts';
import { openFileScene } from '../../support/scene.ts';
import { createTill } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);

describe('a list', () => {
  test('is turned page by page without a row twice or missing', async () => {
    const userId = await scene.customer(0);
    const made: number[] = [];
    for (let n = 0; n < 2 * PAGE_SIZE + 3; n += 1) made.push((await till.order(userId)).id);
    const shown: number[] = [];
    for (let page = 1; ; page += 1) {
      const wanted = { page, filter: String(userId) };
      const list = await readPage(wanted, (rows) => readOrders(db, { userId, state: null, ...rows }));
      shown.push(...list.entries.map((entry) => entry.id));
      if (!list.hasMore) break;
    }
    expect(shown).toEqual(made.toReversed());
  });

  test('has the person and the state that it is narrowed to', async () => {
    const { userId } = await till.buyer();
    const open = await till.order(userId);
    const rows = { limit: 10, offset: 0 };
    expect(await readOrders(db, { userId, state: 'pending', ...rows })).toMatchObject([
      { id: open.id, userId },
    ]);
    expect(await readPayments(db, { userId, state: 'credited', ...rows })).toHaveLength(1);
    expect(await readPayments(db, { userId, state: 'refunded', ...rows })).toEqual([]);
  });

  test('has the days and the order that it is asked for, to the moment at which a day ends', async () => {
    const userId = await scene.customer(0);
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    const made: number[] = [];
    for (const at of [day(1), day(2), new Date(day(3).getTime() - 1), day(3)]) {
      const { id } = await till.order(userId);
      await db.update(orders).set({ createdAt: at }).where(eq(orders.id, id));
      made.push(id);
    }
    const during = { since: day(2), until: day(3) };
    const read = async (order: 'newest' | 'oldest') =>
      (await readOrders(db, { userId, state: null, during, order, limit: 10, offset: 0 })).map(
        ({ id }) => id,
      );
    expect(await read('oldest')).toEqual([made[1], made[2]]);
    expect(await read('newest')).toEqual([made[2], made[1]]);
  });

  test('of everybody has who came in these days, with what they are', async () => {
    const [early, late] = [await scene.customer(3), await scene.customer(5)];
    const at = (n: number) => new Date(Date.UTC(2025, 5, n));
    await db
      .update(users)
      .set({ createdAt: at(1) })
      .where(eq(users.id, early));
    await db
      .update(users)
      .set({ createdAt: at(2), username: 'late' })
      .where(eq(users.id, late));
    const during = { since: at(1), until: at(3) };
    expect(await listPeople(db, { during, limit: 10, offset: 0 })).toMatchObject([
      { id: late, username: 'late', credits: 5, bannedAt: null },
      { id: early, username: null, credits: 3 },
    ]);
    expect(await listPeople(db, { during, order: 'oldest', limit: 1, offset: 1 })).toMatchObject([
      { id: late },
    ]);
  });

  test('of pictures has those that arrived, and those that came back by when they did', async () => {
    const userId = await scene.customer(8);
    const { pictures } = await scene.delivered(userId, 2);
    const [first, second] = pictures;
    const list = (name: PictureList) => listPictures(db, { list: name, userId, limit: 10, offset: 0 });
    expect((await list('delivered')).map(({ id }) => id).toSorted()).toEqual(
      [first?.id, second?.id].toSorted(),
    );
    expect(await list('not-right')).toEqual([]);
    await db
      .update(processedImages)
      .set({ givenBackAt: scene.now, givenBackReason: 'look' })
      .where(eq(processedImages.id, first?.id ?? 0));
    expect(await list('not-right')).toMatchObject([{ id: first?.id, userId, givenBackReason: 'look' }]);
    expect(await list('missing')).toEqual([]);
  });

  test('of what owners did has everything, or what was done to one person', async () => {
    const [owner, userId] = [await scene.customer(), await scene.customer()];
    await db.transaction((tx) => banPerson(tx, { by: owner, userId, why: 'spam' }));
    await unbanPerson(db, { by: owner, userId });
    const acts = await readActs(db, { userId, order: 'oldest', limit: 10, offset: 0 });
    expect(acts.map(({ act, actor, reason }) => [act, actor, reason])).toEqual([
      ['ban', 'Seller', 'spam'],
      ['unban', 'Seller', null],
    ]);
    expect((await readActs(db, { userId: null, limit: 2, offset: 0 })).map(({ act }) => act)).toEqual([
      'unban',
      'ban',
    ]);
  });

  test('of what waits begins with what has waited longest', async () => {
    const [first, second] = [await scene.customer(0), await scene.customer(0)];
    const held: number[] = [];
    for (const [index, userId] of [first, second].entries()) {
      const taken = await till.take(till.money(await till.order(userId), { amount: 1 }));
      if (taken.kind !== 'held') throw new Error('the payment was not held');
      held.push(taken.paymentId);
      await db
        .update(payments)
        .set({ createdAt: new Date(scene.now.getTime() + index * 1000) })
        .where(eq(payments.id, taken.paymentId));
      await openTicket(db, { userId, topic: 'payment' });
    }
    const rows = { limit: 10, offset: 0 };
    expect((await readHeldPayments(db, rows)).map((entry) => entry.id)).toEqual(held);
    expect((await readOpenTickets(db, { userId: null, ...rows })).map((ticket) => ticket.userId)).toEqual([
      first,
      second,
    ]);
    expect(await readOpenTickets(db, { userId: second, ...rows })).toMatchObject([{ userId: second }]);
    expect(await readWhatWaits(db)).toMatchObject({ tickets: 2, held: 2, unsettled: 0, failed: 0 });
  });
});

describe('a person', () => {
  test('is counted without one table multiplying another', async () => {
    const userId = await scene.customer(8);
    await rememberFirstTouch(db, {
      userId,
      source: { source: 'vk', medium: null, campaign: null, content: null, term: null, clickId: null },
      referralCode: null,
    });
    await scene.delivered(userId, 2);
    await scene.delivered(userId, 1);
    await scene.placed(userId, 1);
    await scene.draft(userId);
    for (let n = 0; n < 3; n += 1) await till.paid(await till.order(userId));
    await till.paid(await till.order(userId, { currency: 'RUB', amount: 19_900 }));
    await till.order(userId);
    await openTicket(db, { userId, topic: 'payment' });
    await openTicket(db, { userId, topic: 'other' });
    expect(await readPerson(db, userId, scene.now)).toMatchObject({
      userId,
      credits: 8 - 4 + 4 * 12,
      reserved: 1,
      source: 'vk',
      photoshoots: 3,
      pictures: 3,
      photoshootsAtWork: 1,
      spent: [
        { currency: 'RUB', amount: 19_900 },
        { currency: 'XTR', amount: 297 },
      ],
      payments: 4,
      heldPayments: 0,
      openOrders: 1,
      renewingOrderId: null,
      tickets: 2,
      openTickets: 2,
      banReason: null,
      role: null,
    });
  });

  test('who has nothing yet is a row of noughts; one who is not known is none', async () => {
    const person = await readPerson(db, await scene.customer(0), scene.now);
    expect(person).toMatchObject({ photoshoots: 0, pictures: 0, spent: [], payments: 0, openTickets: 0 });
    expect(await readPerson(db, 4_000_000, scene.now)).toBeNull();
  });

  test('is found by the charge of a payment', async () => {
    const userId = await scene.customer(0);
    await till.paid(await till.order(userId), { chargeId: 'stxOfThisPerson' });
    expect(await findPerson(db, 'stxOfThisPerson')).toMatchObject({ kind: 'found', userId });
    expect(await findPerson(db, 'stxOfNobody')).toEqual({ kind: 'unknown' });
  });
});
