/** A deletion that is due: in one transaction everything that is kept of a person goes, and the books stay. */
import { and, asc, eq, getTableColumns, gt, lte, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { moveCredits } from '../billing/ledger/move-credits.ts';
import { endOrders } from '../billing/orders/end-orders.ts';
import { drawAnonymousId } from '../customers/anonymous.ts';
import { type PseudonymOf, rememberFormer } from '../customers/former-customers.ts';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import {
  orders,
  payments,
  photoshoots,
  subscriptions,
  unsettledCharges,
  users,
} from '../database/schema/index.ts';
import { IN_WORK } from '../photoshoots/steps.ts';
import { takeStep } from '../photoshoots/take-step.ts';
import type { Queue } from '../queue/queue.ts';
import { emptied, emptyRows, fatesOf } from './empty-rows.ts';
import { type Leaver, PERSONAL_DATA, PERSONAL_TABLES, type TableName, tableOf } from './personal-data.ts';

/**
 * `work`: pictures are being made, or an album is on its way; `money`: a payment or a refund is in the air, is held, or
 * would renew. Both end by themselves or by an owner's hand, and the deletion is tried again. `stays`: the person came
 * back, or somebody else was faster.
 */
export type Erasure = 'erased' | 'stays' | 'work' | 'money';

/** Those whose days to come back are over, who have waited longest first. */
export async function readDueDeletions(
  db: Database,
  limit: number,
  now: Date,
): Promise<{ userId: number; language: string }[]> {
  return db
    .select({ userId: users.id, language: users.language })
    .from(users)
    .where(lte(users.deletionDueAt, now))
    .orderBy(asc(users.deletionDueAt), asc(users.id))
    .limit(limit);
}

/**
 * Deletes a person whose time is up. What they moved stays in the books under a drawn id; the balance is given up by an
 * entry of the ledger. A debt of a chargeback stays.
 */
export async function erasePerson(
  { db, queue, pseudonymOf }: { db: Database; queue: Pick<Queue, 'forget'>; pseudonymOf: PseudonymOf },
  userId: number,
  now: Date,
): Promise<Erasure> {
  return db.transaction(async (tx) => {
    // Orders before the person, as a payment locks them.
    await endOrders(tx, eq(orders.userId, userId), 'cancelled');
    const [person] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId), lte(users.deletionDueAt, now)))
      .for('update');
    if (person === undefined) return 'stays';
    const obstacle = await findObstacle(tx, userId, now);
    if (obstacle !== null) return obstacle;
    await takeStep(tx, 'expire', eq(photoshoots.userId, userId));
    const { credits } = person;
    if (credits > 0) await moveCredits(tx, { userId, kind: 'forfeit', credits, key: `forfeit:${userId}` });
    await rememberFormer(tx, { pseudonym: pseudonymOf(userId), banned: person.bannedAt !== null }, now);
    await queue.forget(tx, await photoshootsOf(tx, userId));
    await replacePerson(tx, { userId, anonymousId: drawAnonymousId() });
    return 'erased';
  });
}

async function findObstacle(tx: Database, userId: number, now: Date): Promise<'work' | 'money' | null> {
  const isTheirs = eq(photoshoots.userId, userId);
  if ((await tx.$count(photoshoots, and(isTheirs, isOneOf(photoshoots.state, IN_WORK)))) > 0) return 'work';
  const inTheAir = and(eq(payments.userId, userId), isOneOf(payments.state, ['held', 'refunding']));
  const renewing = and(
    eq(subscriptions.userId, userId),
    eq(subscriptions.cancelled, false),
    gt(subscriptions.paidUntil, now),
  );
  const unsettled = and(
    eq(unsettledCharges.userId, userId),
    sql`not exists (select from ${payments}
      where ${payments.telegramPaymentChargeId} = ${unsettledCharges.chargeId}
        and (${unsettledCharges.kind} = 'payment' or ${payments.state} in ('refunded', 'charged-back')))`,
  );
  const open =
    (await tx.$count(payments, inTheAir)) +
    (await tx.$count(subscriptions, renewing)) +
    (await tx.$count(unsettledCharges, unsettled));
  return open > 0 ? 'money' : null;
}

async function photoshootsOf(tx: Database, userId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(eq(photoshoots.userId, userId));
  return rows.map(({ id }) => id);
}

/** Everything that refers to the person refers to a new row, which says nothing of them; then theirs goes. */
async function replacePerson(tx: Database, leaver: Leaver): Promise<void> {
  await insertStandIn(tx, leaver);
  // Nobody is rewarded any more for what those do whom the person has brought.
  await tx.update(users).set({ invitedBy: null }).where(eq(users.invitedBy, leaver.userId));
  for (const name of PERSONAL_TABLES) if (name !== 'users') await clearTable(tx, name, leaver);
  await tx.delete(users).where(eq(users.id, leaver.userId));
}

async function insertStandIn(tx: Database, leaver: Leaver): Promise<void> {
  const fates = fatesOf('users');
  const parts = Object.entries(getTableColumns(users)).map(([key, column]) => ({
    name: sql.identifier(column.name),
    value:
      key === 'id' ? sql`${leaver.anonymousId}::bigint` : (emptied(column, fates[key]) ?? sql`${column}`),
  }));
  const list = (of: 'name' | 'value') =>
    sql.join(
      parts.map((part) => part[of]),
      sql`, `,
    );
  await tx.execute(
    sql`insert into ${users} (${list('name')}) select ${list('value')} from ${users} where ${users.id} = ${leaver.userId}`,
  );
}

async function clearTable(tx: Database, name: TableName, leaver: Leaver): Promise<void> {
  const holding = PERSONAL_DATA[name];
  if (holding === 'nobody') return;
  if (holding.rows !== undefined) await emptyRows(tx, name, holding.rows(leaver.userId), leaver);
  const columns = getTableColumns(tableOf(name));
  const fates = Object.entries(fatesOf(name));
  for (const [key, fate] of fates) {
    const column = columns[key];
    if (column === undefined) throw new Error(`${name} has no column ${key}`);
    if (fate === 'person') await renamePerson(tx, name, column, leaver);
    if (typeof fate === 'object') await renameKeys(tx, name, column, fate, leaver);
  }
}

async function renamePerson(
  tx: Database,
  name: TableName,
  { name: column }: PgColumn,
  { userId, anonymousId }: Leaver,
): Promise<void> {
  const id = sql.identifier(column);
  await tx.execute(sql`update ${tableOf(name)} set ${id} = ${anonymousId} where ${id} = ${userId}`);
}

/** Each key by itself, so that an index finds it. */
async function renameKeys(
  tx: Database,
  name: TableName,
  { name: column }: PgColumn,
  words: readonly string[],
  { userId, anonymousId }: Leaver,
): Promise<void> {
  const key = sql.identifier(column);
  for (const word of words) {
    await tx.execute(
      sql`update ${tableOf(name)} set ${key} = ${word + anonymousId} where ${key} = ${word + userId}`,
    );
  }
}
