/**
 * What holds after every fault and any mixture of them, once the work is over: asked of the database itself,
 * whichever process wrote it.
 */
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { readUnsettled } from '../../src/billing/orders/unsettled-charges.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import {
  creditEntries,
  photoshoots,
  processedImages,
  providerAttempts,
  telegramUpdates,
  users,
} from '../../src/database/schema/index.ts';
import { readPaidButWaiting } from '../../src/photoshoots/draft/place-paid.ts';
import { type Home, silentLog } from './running-app.ts';
import { expectBalancedBooks } from './scene.ts';

/** What was spent on a picture: the states of its paid calls, in the order they were begun. */
export type Spending = { photoshootId: number; pictureId: number; state: string; attempts: string[] };

/**
 * Opens the home's database, for which an embedded one must have been left by its process, and closes it
 * again.
 */
export async function withDatabase<T>(home: Home, work: (db: Database) => Promise<T>): Promise<T> {
  const { DATA_DIR: directory, DATABASE_URL: url } = home.environment;
  const handle = await openDatabase(
    url === undefined
      ? { kind: 'embedded', directory }
      : {
          kind: 'server',
          url,
          directUrl: null,
          poolMaxSize: 2,
          connectTimeoutMs: 30_000,
          recycleMs: 3_600_000,
          queryTimeoutMs: 30_000,
        },
    silentLog,
  );
  try {
    return await work(handle.db);
  } finally {
    await handle.close();
  }
}

/**
 * Checks that everything is over and adds up: the ledger, one reservation an order, one capture or release a
 * picture, nothing left in work, every update seen through, all money that was reported written down, nothing
 * paid that still waits, every outcome told, and no picture bought more often than `mostCalls`.
 * @returns what was spent on each picture, in the order of their ids
 */
export async function expectInvariants(home: Home, mostCalls: number): Promise<Spending[]> {
  return withDatabase(home, async (db) => {
    await expectBalancedBooks(db);
    await expectNothingUnfinished(db);
    await expectEachCreditMovedOnce(db);
    const spending = await readSpending(db);
    for (const { attempts } of spending) {
      expect(attempts.filter((state) => state !== 'failed').length).toBeLessThanOrEqual(mostCalls);
    }
    return spending;
  });
}

/**
 * Resolves when the states of all paid calls for pictures, in the order they were begun, are as wanted: for a
 * server, which answers while processes work on it.
 */
export async function waitForPaidCalls(
  home: Home,
  areAsWanted: (states: readonly string[]) => boolean,
): Promise<void> {
  const check = async (db: Database) => {
    const attempts = await db
      .select({ state: providerAttempts.state })
      .from(providerAttempts)
      .where(eq(providerAttempts.purpose, 'picture'))
      .orderBy(providerAttempts.id);
    const states = attempts.map((attempt) => attempt.state);
    if (!areAsWanted(states)) throw new Error(`the paid calls are ${states.join(', ') || 'none'}`);
  };
  await withDatabase(home, (db) => vi.waitFor(() => check(db), { timeout: 90_000, interval: 50 }));
}

/** Resolves when every update has been seen through and written down so: for a server, as above. */
export async function waitForEmptyInbox(home: Home): Promise<void> {
  const check = async (db: Database) => expect(await readUnhandled(db)).toEqual([]);
  await withDatabase(home, (db) => vi.waitFor(() => check(db), { timeout: 90_000, interval: 50 }));
}

function readUnhandled(db: Database) {
  return db
    .select({ id: telegramUpdates.updateId, state: telegramUpdates.state })
    .from(telegramUpdates)
    .where(ne(telegramUpdates.state, 'done'));
}

async function expectNothingUnfinished(db: Database): Promise<void> {
  const open = await db
    .select({ id: photoshoots.id, state: photoshoots.state })
    .from(photoshoots)
    .where(inArray(photoshoots.state, ['queued', 'generating']));
  const untold = await db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(
      and(
        inArray(photoshoots.state, ['completed', 'cancelled', 'failed']),
        sql`${photoshoots.outcomeToldAt} is null`,
      ),
    );
  const unhandled = await readUnhandled(db);
  const { charges: unsettled } = await readUnsettled(db, 10);
  const paidAndWaiting = await readPaidButWaiting(db);
  const reserved = await db
    .select({ userId: users.id, reserved: users.reservedCredits })
    .from(users)
    .where(ne(users.reservedCredits, 0));
  const left = { open, untold, unhandled, unsettled, paidAndWaiting, reserved };
  expect(left).toEqual({
    open: [],
    untold: [],
    unhandled: [],
    unsettled: [],
    paidAndWaiting: [],
    reserved: [],
  });
}

async function expectEachCreditMovedOnce(db: Database): Promise<void> {
  const pictures = await db.select().from(processedImages);
  const entries = await db.select().from(creditEntries);
  const kindsOf = (pictureId: number) =>
    entries
      // What came back may go on to a refund that was owed it.
      .filter((entry) => entry.pictureId === pictureId && entry.kind !== 'repay')
      .map((entry) => entry.kind);
  expect(pictures.map(({ id }) => ({ id, kinds: kindsOf(id) }))).toEqual(
    pictures.map(({ id, state }) => ({ id, kinds: [state === 'delivered' ? 'capture' : 'release'] })),
  );
  const placed = [...new Set(pictures.map((picture) => picture.photoshootId))];
  const reserved = (photoshootId: number) =>
    entries
      .filter((entry) => entry.kind === 'reserve' && entry.photoshootId === photoshootId)
      .map((entry) => entry.reserved);
  expect(placed.map((id) => ({ id, reserved: reserved(id) }))).toEqual(
    placed.map((id) => ({
      id,
      reserved: [pictures.filter((picture) => picture.photoshootId === id).length],
    })),
  );
}

async function readSpending(db: Database): Promise<Spending[]> {
  const pictures = await db.select().from(processedImages).orderBy(processedImages.id);
  const attempts = await db
    .select()
    .from(providerAttempts)
    .where(eq(providerAttempts.purpose, 'picture'))
    .orderBy(providerAttempts.id);
  return pictures.map(({ id, photoshootId, state }) => ({
    photoshootId,
    pictureId: id,
    state,
    attempts: attempts.filter((attempt) => attempt.pictureId === id).map((attempt) => attempt.state),
  }));
}
