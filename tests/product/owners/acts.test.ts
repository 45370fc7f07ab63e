/** What owners do leaves one row each, in the transaction of what it changes, and is done once. */
import { asc, desc, eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { correctCredits } from '../../../src/billing/ledger/correct-credits.ts';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { createPromoCode } from '../../../src/billing/promo-codes/create-promo-code.ts';
import { beginRefund } from '../../../src/billing/refunds/refund-payment.ts';
import { banPerson, isBanned, unbanPerson } from '../../../src/customers/ban.ts';
import { createStartLink } from '../../../src/customers/start-links.ts';
import { ownerActions, ownerRequests, users } from '../../../src/database/schema/index.ts';
import {
  answerRequest,
  beginRequest,
  claimRequest,
  markRequestTold,
  readRequest,
  readUntold,
} from '../../../src/owners/requests.ts';
import { grantSupport, readTeam, withdrawSupport } from '../../../src/owners/team.ts';
import { SWEEPS } from '../../../src/privacy/sweeps.ts';
import { openTicket } from '../../../src/support/open-ticket.ts';
import { resolveTicket, writeTicketMessage } from '../../../src/support/write-message.ts';
import { entryKeys, expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';
import { ADMIN, createTill } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);
afterAll(() => expectBalancedBooks(db));

const actsUpon = (userId: number) =>
  db.select().from(ownerActions).where(eq(ownerActions.userId, userId)).orderBy(asc(ownerActions.id));
const latest = async () => (await db.select().from(ownerActions).orderBy(desc(ownerActions.id)).limit(1))[0];

describe('a correction', () => {
  const correct = (userId: number, credits: number, key: string) =>
    db.transaction((tx) => correctCredits(tx, { userId, credits, key, by: ADMIN, why: 'cut off' }));

  test('moves credits up and down once, and says what they were before and after', async () => {
    const userId = await scene.customer(2);
    const made = await Promise.all(Array.from({ length: 5 }, () => correct(userId, 5, `up-${userId}`)));
    expect(made.filter((credits) => credits !== null)).toEqual([7]);
    expect(await correct(userId, -3, `down-${userId}`)).toBe(4);
    expect(
      (await actsUpon(userId)).map(({ act, reason, before, after }) => ({ act, reason, before, after })),
    ).toEqual([
      { act: 'correct', reason: 'cut off', before: { credits: 2 }, after: { credits: 7 } },
      { act: 'correct', reason: 'cut off', before: { credits: 7 }, after: { credits: 4 } },
    ]);
    expect(await entryKeys(db, userId)).toEqual([
      `welcome:${userId}`,
      `correction:up-${userId}`,
      `correction:down-${userId}`,
    ]);
  });

  test('takes no more than there is, and a refused one leaves nothing', async () => {
    const userId = await scene.customer(2);
    expect(await outcomeOf(correct(userId, -3, `all-${userId}`))).toBe('not-enough-credits');
    expect(await readBalance(db, userId)).toEqual({ credits: 2, reserved: 0 });
    expect(await actsUpon(userId)).toEqual([]);
  });
});

describe('each act of an owner', () => {
  test('a gift, a refund, an answer and a resolved ticket stand by the person', async () => {
    const { userId, payment } = await till.buyer();
    const gift = { userId, credits: 2, key: `9:${userId}`, by: ADMIN, why: 'sorry' };
    await Promise.all([giveCredits(db, gift), giveCredits(db, gift)]);
    const { ticketId } = await openTicket(db, { userId, topic: 'other' });
    await writeTicketMessage(db, { ticketId, authorId: userId, body: 'Hello?', photoFileId: null });
    await writeTicketMessage(db, { ticketId, authorId: ADMIN, body: 'Yes', photoFileId: null });
    await resolveTicket(db, { by: ADMIN, ticketId });
    await resolveTicket(db, { by: ADMIN, ticketId });
    const refund = { paymentId: payment.paymentId, adminId: ADMIN, reason: 'twice' as const };
    await beginRefund(db, refund, scene.now);
    expect(await outcomeOf(beginRefund(db, refund, scene.now))).toBe('nothing-to-refund');
    expect((await actsUpon(userId)).map(({ act, object, reason }) => [act, object, reason])).toEqual([
      ['gift', null, 'sorry'],
      ['answer-ticket', `ticket:${ticketId}`, null],
      ['resolve-ticket', `ticket:${ticketId}`, null],
      ['refund', `payment:${payment.paymentId}`, 'twice'],
    ]);
  });

  test('a code and a link that were there before are no act', async () => {
    const promo = {
      code: 'ACTS5',
      kind: 'credits',
      value: 5,
      maxUses: null,
      usesPerUser: 1,
      endsAt: null,
    } as const;
    await createPromoCode(db, { ...promo, createdBy: ADMIN }, scene.now);
    await createPromoCode(db, { ...promo, createdBy: ADMIN }, scene.now);
    const link = { payload: 'utm_source=acts', createdBy: ADMIN };
    const code = await createStartLink(db, link);
    await createStartLink(db, link);
    const acts = await db.select().from(ownerActions);
    expect(acts.filter(({ object }) => object === 'promo:ACTS5')).toHaveLength(1);
    expect(acts.filter(({ object }) => object === `link:${code}`)).toHaveLength(1);
  });

  test('a person is shut out and let in once, and stays with all that is theirs', async () => {
    const userId = await scene.customer(3);
    const ban = () => db.transaction((tx) => banPerson(tx, { by: ADMIN, userId, why: 'spam' }));
    expect((await Promise.all([ban(), ban()])).toSorted()).toEqual([false, true]);
    expect(await isBanned(db, userId)).toBe(true);
    expect(await readBalance(db, userId)).toEqual({ credits: 3, reserved: 0 });
    expect(await unbanPerson(db, { by: ADMIN, userId })).toBe(true);
    expect(await unbanPerson(db, { by: ADMIN, userId })).toBe(false);
    expect((await actsUpon(userId)).map(({ act }) => act)).toEqual(['ban', 'unban']);
  });

  test('support is granted to somebody who is known, once, and withdrawn', async () => {
    const userId = await scene.customer();
    expect(await grantSupport(db, { by: ADMIN, userId })).toBe(true);
    expect(await grantSupport(db, { by: ADMIN, userId })).toBe(false);
    expect(await grantSupport(db, { by: ADMIN, userId: 4_000_000 })).toBe(false);
    expect((await readTeam(db)).map((member) => member.userId)).toEqual([userId]);
    expect(await withdrawSupport(db, { by: ADMIN, userId })).toBe(true);
    expect(await readTeam(db)).toEqual([]);
    expect(await latest()).toMatchObject({ act: 'withdraw-support', userId, actorId: ADMIN });
  });
});

describe('a request', () => {
  test('is done once, by whoever began it, and only with its words', async () => {
    const [owner, userId] = [await scene.customer(), await scene.customer()];
    const requestId = await beginRequest(db, { by: owner, act: 'correct', userId });
    const claim = (by = owner) => db.transaction((tx) => claimRequest(tx, { requestId, by }));
    expect(await outcomeOf(claim())).toBe('already-done');
    const waiting = async () =>
      (await db.select().from(users).where(eq(users.id, owner)))[0]?.answeringRequestId;
    expect(await waiting()).toBe(requestId);
    await answerRequest(db, { requestId, by: owner, credits: 2, words: 'twice' });
    expect(await waiting()).toBeNull();
    expect(await outcomeOf(claim(userId))).toBe('already-done');
    const claims = await Promise.all([outcomeOf(claim()), outcomeOf(claim()), outcomeOf(claim())]);
    expect(claims.toSorted()).toEqual(['already-done', 'already-done', 'done']);
    expect(await readRequest(db, { requestId, by: owner })).toBeNull();
  });

  test('that was done by a process which died before its person was told is still to be told, to nobody but its owner', async () => {
    const [owner, userId] = [await scene.customer(), await scene.customer()];
    const requestId = await beginRequest(db, { by: owner, act: 'message', userId });
    await answerRequest(db, { requestId, by: owner, credits: null, words: 'hello' });
    const untold = (by = owner) =>
      readUntold(db, { requestId, by, doneBefore: new Date(Date.now() + 60_000) });
    expect(await untold()).toBeNull();
    await db.transaction((tx) => claimRequest(tx, { requestId, by: owner }));
    expect(await untold()).toMatchObject({ id: requestId, userId, act: 'message', words: 'hello' });
    expect(await untold(userId)).toBeNull();
    await markRequestTold(db, requestId);
    expect(await untold()).toBeNull();
  });

  test('that fails is not done: it can be done when there is enough', async () => {
    const [owner, userId] = [await scene.customer(), await scene.customer(1)];
    const requestId = await beginRequest(db, { by: owner, act: 'correct', userId });
    await answerRequest(db, { requestId, by: owner, credits: -2, words: 'given twice' });
    const act = () =>
      db.transaction(async (tx) => {
        const { id, words: why } = await claimRequest(tx, { requestId, by: owner });
        await correctCredits(tx, { userId, credits: -2, key: `request:${id}`, by: owner, why });
      });
    expect(await outcomeOf(act())).toBe('not-enough-credits');
    await giveCredits(db, { userId, credits: 1, key: `enough-${userId}`, by: ADMIN, why: null });
    expect(await outcomeOf(act())).toBe('done');
    expect((await readBalance(db, userId)).credits).toBe(0);
  });

  test('is forgotten after a month, and then was done before', async () => {
    const [owner, userId] = [await scene.customer(), await scene.customer()];
    const begin = () => beginRequest(db, { by: owner, act: 'message', userId });
    const [old, recent] = [await begin(), await begin()];
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await db
      .update(ownerRequests)
      .set({ createdAt: daysAgo(31) })
      .where(eq(ownerRequests.id, old));
    await db
      .update(ownerRequests)
      .set({ createdAt: daysAgo(29) })
      .where(eq(ownerRequests.id, recent));
    expect(await SWEEPS['owner-words'](db, daysAgo(30))).toBe(1);
    expect(await readRequest(db, { requestId: recent, by: owner })).toMatchObject({ id: recent });
    const late = db.transaction((tx) => claimRequest(tx, { requestId: old, by: owner }));
    expect(await outcomeOf(late)).toBe('already-done');
  });

  test('is for somebody who is known', async () => {
    const owner = await scene.customer();
    const begun = beginRequest(db, { by: owner, act: 'ban', userId: 4_000_000 });
    expect(await outcomeOf(begun)).toBe('not-found');
  });
});
