/** Small makers that set a scene on a real database: people, drafts, and photoshoots in every state. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, expect } from 'vitest';
import { giveWelcomeCredits } from '../../src/billing/ledger/welcome-gift.ts';
import { registerCustomer } from '../../src/customers/register-customer.ts';
import type { Database } from '../../src/database/client.ts';
import { creditEntries, photoshoots, processedImages, users } from '../../src/database/schema/index.ts';
import { type AppErrorCode, isAppError } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { chooseSize } from '../../src/photoshoots/draft/choose-size.ts';
import {
  type Drafted,
  draftPhotoshoot,
  type ReceivedPhoto,
} from '../../src/photoshoots/draft/draft-photoshoot.ts';
import { placePhotoshoot } from '../../src/photoshoots/draft/place-photoshoot.ts';
import { recogniseProduct } from '../../src/photoshoots/draft/recognise-product.ts';
import type { Card } from '../../src/photoshoots/read-photoshoot.ts';
import {
  beginDelivery,
  type Completion,
  completePhotoshoot,
} from '../../src/photoshoots/run/complete-photoshoot.ts';
import { type MadePicture, type Run, recordMade } from '../../src/photoshoots/run/record-picture.ts';
import { type Picture, type Start, startPhotoshoot } from '../../src/photoshoots/run/start-photoshoot.ts';
import { toggleStyle } from '../../src/photoshoots/styles/toggle-style.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { openTestDatabase } from './database.ts';

const DRAFT_TTL_MS = 1_800_000;
const REFERRAL = { startReward: 4, purchasePercent: 10, monthlyCap: 200 };

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** The scene of a whole test file, at its top: closed when its last test is over. Each test has its own people. */
export async function openFileScene(): Promise<Scene> {
  const scene = await openScene();
  afterAll(() => scene.close());
  return scene;
}

/** A database of its own with its queue, and the makers that work on it. Whoever opens it closes it. */
export async function openScene() {
  const database = await openTestDatabase();
  const { db } = database;
  const queue = createQueue(database.queue, createLog({ level: 'silent', pretty: false }));
  await queue.start();
  const now = new Date();
  const deps = { db, queue, draftTtlMs: DRAFT_TTL_MS, referral: REFERRAL };
  // Ids of people and messages only have to differ within the file.
  let lastId = 1000;
  const nextId = () => ++lastId;

  async function customer(credits = 8): Promise<number> {
    const userId = nextId();
    await registerCustomer(db, { id: userId, firstName: 'Seller', username: null, language: 'en' }, (tx) =>
      giveWelcomeCredits(tx, userId, credits),
    );
    return userId;
  }

  /** A photo as it arrives; a part of an album when that is named. */
  function photo(userId: number, about: Partial<ReceivedPhoto> = {}): ReceivedPhoto {
    const messageId = about.messageId ?? nextId();
    return {
      userId,
      chatId: userId,
      messageId,
      albumId: null,
      fileId: `file-${messageId}`,
      fileUniqueId: `unique-${messageId}`,
      caption: null,
      ...about,
    };
  }

  const send = (received: ReceivedPhoto): Promise<Drafted> => draftPhotoshoot(deps, received, now);

  const recognise = (draftId: number): Promise<boolean> =>
    recogniseProduct(db, draftId, {
      product: { isProduct: true, sameProduct: null, name: 'Clay mug', kind: 'mug', recommendedRatio: '3:4' },
      advice: null,
      by: 'model',
      proposals: [1, 2, 3, 4].map((n) => ({ title: `Proposal ${n}`, prompt: `The prompt of proposal ${n}` })),
    });

  const toggle = (draftId: number, userId: number, number: number): Promise<Card> =>
    toggleStyle(
      db,
      { draftId, userId, number, houseTitle: (key) => `House ${key}`, from: 'card', canBeLarge: true },
      now,
    );

  /** A recognised draft with the styles of these numbers chosen. */
  async function draft(userId: number, chosen: readonly number[] = [1]): Promise<number> {
    const { photoshootId } = await send(photo(userId));
    await recognise(photoshootId);
    for (const number of chosen) await toggle(photoshootId, userId, number);
    return photoshootId;
  }

  /** Has the pictures of a draft made large. */
  const enlarge = (draftId: number, userId: number) =>
    chooseSize(db, { draftId, userId, size: 'large' }, now);

  const place = (draftId: number, userId: number) => placePhotoshoot(deps, { draftId, userId }, now);

  async function placed(userId: number, pictures = 1): Promise<number> {
    const draftId = await draft(userId, [1, 2, 3, 4].slice(0, pictures));
    await place(draftId, userId);
    return draftId;
  }

  /** A placed photoshoot that a worker has just taken. */
  async function running(userId: number, pictures = 1): Promise<Run & { pictures: Picture[] }> {
    return take(await placed(userId, pictures));
  }

  async function take(photoshootId: number): Promise<Run & { pictures: Picture[] }> {
    const start = taken(await startPhotoshoot(db, photoshootId));
    await takeJobs(db, photoshootId);
    return { photoshootId, run: start.photoshoot.run, pictures: start.pictures };
  }

  /** Another worker takes over from one that has been silent for too long. */
  async function takeOver(photoshootId: number): Promise<Run & { pictures: Picture[] }> {
    await expireLease(db, photoshootId);
    return take(photoshootId);
  }

  /** Makes and sends the first `sent` of the pictures. */
  async function deliver(
    { photoshootId, run, pictures }: Run & { pictures: readonly Picture[] },
    sent = pictures.length,
  ): Promise<Completion | null> {
    const delivered = pictures.slice(0, sent);
    for (const picture of delivered) await recordMade(db, { photoshootId, run }, madePicture(picture.id));
    await beginDelivery(db, { photoshootId, run });
    return completePhotoshoot(
      deps,
      { photoshootId, run },
      delivered.map(sentPicture),
      'provider-unavailable',
    );
  }

  /** A completed photoshoot, all pictures delivered. */
  async function delivered(userId: number, pictures = 1): Promise<Run & { pictures: Picture[] }> {
    const started = await running(userId, pictures);
    await deliver(started);
    return started;
  }

  return {
    ...deps,
    database,
    now,
    nextId,
    customer,
    photo,
    send,
    recognise,
    toggle,
    draft,
    enlarge,
    place,
    placed,
    running,
    take,
    takeOver,
    deliver,
    delivered,
    async close(): Promise<void> {
      await queue.stop(1000);
      await database.close();
    },
  };
}

export const madePicture = (pictureId: number): MadePicture => ({
  pictureId,
  bytes: Uint8Array.of(1, 2, 3, pictureId % 256),
  provider: 'openai',
  model: 'test-model',
  costMicroUsd: 42_000,
  creditsSaved: 0,
  reshaped: null,
});

export const sentPicture = (picture: { id: number }) => ({
  pictureId: picture.id,
  fileId: `photo-${picture.id}`,
  messageId: picture.id + 1_000_000,
  look: null,
});

/** The start, which must have been granted. */
export function taken(start: Start): Extract<Start, { kind: 'taken' }> {
  if (start.kind !== 'taken') throw new Error(`the photoshoot was not taken: ${start.kind}`);
  return start;
}

/** Makes the lease's time pass without waiting for it. */
export async function expireLease(db: Database, photoshootId: number): Promise<void> {
  await db
    .update(photoshoots)
    .set({ leaseUntil: sql`now() - interval '1 second'` })
    .where(eq(photoshoots.id, photoshootId));
}

/** `done`, or the code of the AppError that was thrown. Any other error is a defect and fails the test. */
export async function outcomeOf(call: Promise<unknown>): Promise<'done' | AppErrorCode> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

export async function stateOf(db: Database, photoshootId: number): Promise<string | undefined> {
  const [row] = await db
    .select({ state: photoshoots.state })
    .from(photoshoots)
    .where(eq(photoshoots.id, photoshootId));
  return row?.state;
}

/** The states of a photoshoot's pictures, in the order of the album. */
export async function pictureStates(db: Database, photoshootId: number): Promise<string[]> {
  const rows = await db
    .select({ state: processedImages.state })
    .from(processedImages)
    .where(eq(processedImages.photoshootId, photoshootId))
    .orderBy(processedImages.position);
  return rows.map((row) => row.state);
}

/** The keys of a person's ledger entries, in the order they were written. */
export async function entryKeys(db: Database, userId: number): Promise<string[]> {
  const rows = await db
    .select({ key: creditEntries.idempotencyKey })
    .from(creditEntries)
    .where(eq(creditEntries.userId, userId))
    .orderBy(creditEntries.id);
  return rows.map((row) => row.key);
}

/** The jobs that would make this photoshoot's pictures. */
export async function jobsOf(db: Database, photoshootId: number): Promise<{ priority: number }[]> {
  return db
    .select({ priority: sql`priority`.mapWith(Number) })
    .from(sql`queue.job`)
    .where(sql`name = 'run-photoshoot' and data->>'photoshootId' = ${String(photoshootId)}`);
}

/** The jobs of this photoshoot are in the hands of a worker, whom no test waits for. */
async function takeJobs(db: Database, photoshootId: number): Promise<void> {
  await db.execute(
    sql`delete from queue.job where name = 'run-photoshoot' and data->>'photoshootId' = ${String(photoshootId)}`,
  );
}

/** The ledger's promise, for everybody: the two sums of a person are those of the entries, and neither is negative. */
export async function expectBalancedBooks(db: Database): Promise<void> {
  const wrong = await db
    .select({
      userId: users.id,
      credits: users.credits,
      reserved: users.reservedCredits,
      availableOfEntries: sql`coalesce(sum(${creditEntries.available}), 0)`.mapWith(Number),
      reservedOfEntries: sql`coalesce(sum(${creditEntries.reserved}), 0)`.mapWith(Number),
    })
    .from(users)
    .leftJoin(creditEntries, eq(creditEntries.userId, users.id))
    .groupBy(users.id)
    .having(
      sql`${users.credits} <> coalesce(sum(${creditEntries.available}), 0)
        or ${users.reservedCredits} <> coalesce(sum(${creditEntries.reserved}), 0)
        or ${users.credits} < 0 or ${users.reservedCredits} < 0`,
    );
  expect(wrong).toEqual([]);
}
