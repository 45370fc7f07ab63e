/** What becomes of an order whose owner has blocked the bot, and who else it keeps waiting. */
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { markBlocked } from '../../../src/customers/mark-blocked.ts';
import { photoshoots, users } from '../../../src/database/schema/index.ts';
import { sweepPictureFiles } from '../../../src/photoshoots/originals.ts';
import { readPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { endUnclaimed } from '../../../src/photoshoots/run/end-unclaimed.ts';
import { isAnyPictureDue } from '../../../src/photoshoots/run/is-any-picture-due.ts';
import { readPictureBytes, recordMade, recordUnmade } from '../../../src/photoshoots/run/record-picture.ts';
import { resumeCustomer } from '../../../src/photoshoots/run/resume-customer.ts';
import { releaseLease } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { wakeUnattended } from '../../../src/photoshoots/run/wake-unattended.ts';
import {
  expectBalancedBooks,
  jobsOf,
  madePicture,
  openFileScene,
  pictureStates,
  stateOf,
} from '../../support/scene.ts';

const DAY_MS = 86_400_000;

const scene = await openFileScene();

/** Says that this person has blocked the bot for so many days. */
async function blockedFor(userId: number, days: number): Promise<void> {
  await markBlocked(scene.db, userId);
  const blockedAt = new Date(scene.now.getTime() - days * DAY_MS);
  await scene.db.update(users).set({ blockedAt }).where(eq(users.id, userId));
}

/** An order that no worker has: the first `made` of its pictures are finished, the others wait. */
async function left(userId: number, { pictures, made }: { pictures: number; made: number }) {
  const started = await scene.running(userId, pictures);
  for (const { id } of started.pictures.slice(0, made)) await recordMade(scene.db, started, madePicture(id));
  await releaseLease(scene.db, started.photoshootId, started.run);
  return started;
}

const afterThirtyDays = () => endUnclaimed(scene, new Date(scene.now.getTime() - 30 * DAY_MS));

describe('an order whose owner has blocked the bot', () => {
  afterEach(async () => {
    expect(await checkLedger(scene.db)).toEqual([]);
    await expectBalancedBooks(scene.db);
  });

  test('is kept for thirty days, credits and bytes', async () => {
    const userId = await scene.customer(8);
    const { photoshootId, pictures } = await left(userId, { pictures: 2, made: 2 });
    await blockedFor(userId, 29);
    expect(await afterThirtyDays()).toBe(0);
    await sweepPictureFiles(scene.db, scene.now);
    expect(await stateOf(scene.db, photoshootId)).toBe('generating');
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 6, reserved: 2 });
    for (const { id } of pictures) expect(await readPictureBytes(scene.db, id)).not.toBeNull();
  });

  test.each<[what: string, made: number]>([
    ['no picture was made', 0],
    ['one of two pictures was made', 1],
    ['every picture was made', 2],
  ])('ends after that: where %s, all credits are back and no bytes are left', async (_, made) => {
    const userId = await scene.customer(8);
    const { photoshootId, pictures } = await left(userId, { pictures: 2, made });
    await blockedFor(userId, 31);
    expect(await afterThirtyDays()).toBe(1);
    expect(await readPhotoshoot(scene.db, photoshootId)).toMatchObject({
      state: 'failed',
      failureCode: 'unclaimed',
      outcomeTold: false,
    });
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 8, reserved: 0 });
    await sweepPictureFiles(scene.db, scene.now);
    for (const { id } of pictures) expect(await readPictureBytes(scene.db, id)).toBeNull();
    expect(await afterThirtyDays()).toBe(0);
  });

  test('that was refused in part ends as well, and what was refused stays so', async () => {
    const userId = await scene.customer(8);
    const started = await scene.running(userId, 2);
    const [refused, made] = started.pictures;
    if (refused === undefined || made === undefined) throw new Error('two pictures were ordered');
    const outcome = { state: 'refused', failureCode: 'provider-refused' } as const;
    await recordUnmade(scene.db, started, { pictureId: refused.id, ...outcome });
    await recordMade(scene.db, started, madePicture(made.id));
    await releaseLease(scene.db, started.photoshootId, started.run);
    await blockedFor(userId, 31);
    expect(await afterThirtyDays()).toBe(1);
    expect(await pictureStates(scene.db, started.photoshootId)).toEqual(['refused', 'failed']);
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 8, reserved: 0 });
  });

  test('that its owner was cancelling ends cancelled', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await left(userId, { pictures: 1, made: 1 });
    await cancelPhotoshoot(scene.db, { photoshootId, userId });
    await blockedFor(userId, 31);
    expect(await afterThirtyDays()).toBe(1);
    expect(await stateOf(scene.db, photoshootId)).toBe('cancelled');
  });

  test('stays with the worker that has it', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await scene.running(userId);
    await blockedFor(userId, 31);
    expect(await afterThirtyDays()).toBe(0);
    expect(await stateOf(scene.db, photoshootId)).toBe('generating');
    await scene.deliver(await scene.takeOver(photoshootId));
  });

  test('is nobody else’s: of people who can be reached nothing ends', async () => {
    const { photoshootId } = await left(await scene.customer(8), { pictures: 1, made: 1 });
    expect(await afterThirtyDays()).toBe(0);
    expect(await stateOf(scene.db, photoshootId)).toBe('generating');
    await scene.deliver(await scene.takeOver(photoshootId));
  });

  test('ends once, by four processes that clean up together', async () => {
    const userId = await scene.customer(8);
    await left(userId, { pictures: 4, made: 3 });
    await blockedFor(userId, 31);
    const ended = await Promise.all([1, 2, 3, 4].map(afterThirtyDays));
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 8, reserved: 0 });
  });

  test('is told about to an owner who comes back after its end', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await left(userId, { pictures: 1, made: 1 });
    await blockedFor(userId, 31);
    await afterThirtyDays();
    await resumeCustomer(scene, userId);
    expect(await jobsOf(scene.db, photoshootId)).toHaveLength(1);
  });

  test('waits for its owner alone: a provider that is back does not wake it', async () => {
    const userId = await scene.customer(8);
    const kept = await left(userId, { pictures: 1, made: 0 });
    const other = await left(await scene.customer(8), { pictures: 1, made: 0 });
    await blockedFor(userId, 1);
    await wakeUnattended(scene, 'all');
    expect(await jobsOf(scene.db, kept.photoshootId)).toHaveLength(0);
    expect(await jobsOf(scene.db, other.photoshootId)).toHaveLength(1);
  });
});

describe('a picture is due', () => {
  type Due = [when: string, isDue: boolean, set: (userId: number) => Promise<unknown>];

  test.each<Due>([
    ['in a draft', false, (userId) => scene.draft(userId)],
    ['in the line', true, (userId) => scene.placed(userId)],
    ['in work', true, (userId) => scene.running(userId)],
    ['put off until the provider is back', true, (userId) => left(userId, { pictures: 2, made: 1 })],
    ['made, and only to be sent', false, (userId) => left(userId, { pictures: 2, made: 2 })],
    ['delivered', false, (userId) => scene.delivered(userId)],
    [
      'about to be cancelled',
      false,
      async (userId) => {
        const { photoshootId } = await left(userId, { pictures: 1, made: 0 });
        await cancelPhotoshoot(scene.db, { photoshootId, userId });
      },
    ],
    [
      'put off, of somebody who has blocked the bot',
      false,
      async (userId) => {
        await left(userId, { pictures: 1, made: 0 });
        await markBlocked(scene.db, userId);
      },
    ],
    [
      'in the line, of somebody who has blocked the bot',
      false,
      async (userId) => {
        await scene.placed(userId);
        await markBlocked(scene.db, userId);
      },
    ],
  ])('%s: %s', async (_, isDue, set) => {
    // What other tests have left is none of this one's.
    await scene.db.update(photoshoots).set({ cancelRequestedAt: scene.now });
    await set(await scene.customer(8));
    expect(await isAnyPictureDue(scene.db)).toBe(isDue);
  });
});
