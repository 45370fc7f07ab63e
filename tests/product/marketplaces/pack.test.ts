import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { users } from '../../../src/database/schema/index.ts';
import {
  endPack,
  expectSku,
  nameSku,
  openPack,
  readPack,
  requestPack,
  toggleChannel,
} from '../../../src/marketplaces/pack.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();

async function pack(caption: string | null = null) {
  const userId = await scene.customer();
  const { photoshootId } = await scene.delivered(userId, 2);
  await openPack(scene.db, { photoshootId, caption });
  return { userId, photoshootId };
}

async function jobsOf(photoshootId: number): Promise<number> {
  const rows = await scene.db
    .select({ name: sql`name` })
    .from(sql`queue.job`)
    .where(sql`name = 'send-pack' and data->>'photoshootId' = ${String(photoshootId)}`);
  return rows.length;
}

const request = (photoshootId: number) => outcomeOf(requestPack(scene, { photoshootId }, scene.now));

test('a pack keeps what was chosen, in the order of the presets, and its SKU, when it is opened again', async () => {
  const { userId, photoshootId } = await pack('sku MUG-01');
  for (const channel of ['ebay', 'ozon', 'etsy', 'etsy'] as const)
    await toggleChannel(scene.db, { photoshootId, channel });
  await nameSku(scene.db, { photoshootId, userId, text: 'MUG-02' });
  expect(await openPack(scene.db, { photoshootId, caption: 'sku OTHER-1' })).toMatchObject({
    channels: ['ozon', 'ebay'],
    sku: 'MUG-02',
    isUnderWay: false,
  });
});

test('two taps at the same moment make one pack', async () => {
  const { photoshootId } = await pack();
  await toggleChannel(scene.db, { photoshootId, channel: 'ozon' });
  const outcomes = await Promise.all([request(photoshootId), request(photoshootId), request(photoshootId)]);
  expect(outcomes.toSorted()).toEqual(['done', 'pack-under-way', 'pack-under-way']);
  expect(await jobsOf(photoshootId)).toBe(1);
});

test('while a pack is made nothing of it is changed, and afterwards it can be made again', async () => {
  const { userId, photoshootId } = await pack();
  await toggleChannel(scene.db, { photoshootId, channel: 'ozon' });
  await requestPack(scene, { photoshootId }, scene.now);
  const refused = [
    toggleChannel(scene.db, { photoshootId, channel: 'ebay' }),
    expectSku(scene.db, { photoshootId, userId }),
    nameSku(scene.db, { photoshootId, userId, text: 'MUG-01' }),
  ];
  expect(await Promise.all(refused.map(outcomeOf))).toEqual(Array(3).fill('pack-under-way'));
  await endPack(scene.db, photoshootId);
  expect(await readPack(scene.db, photoshootId)).toMatchObject({ channels: ['ozon'], sku: null });
  expect(await request(photoshootId)).toBe('done');
});

test('a pack without channels is not made, and one that was never opened is not there', async () => {
  const { photoshootId } = await pack();
  expect(await request(photoshootId)).toBe('no-channel-chosen');
  expect(await jobsOf(photoshootId)).toBe(0);
  expect(await request(999_999)).toBe('not-found');
});

test('a SKU that is none is asked for again; one that is ends the question', async () => {
  const { userId, photoshootId } = await pack();
  const asked = async () => {
    const [row] = await scene.db
      .select({ id: users.namingPhotoshootId })
      .from(users)
      .where(eq(users.id, userId));
    return row?.id;
  };
  await expectSku(scene.db, { photoshootId, userId });
  expect(await outcomeOf(nameSku(scene.db, { photoshootId, userId, text: 'two words' }))).toBe('sku-form');
  expect(await asked()).toBe(photoshootId);
  await nameSku(scene.db, { photoshootId, userId, text: 'КР-7' });
  expect(await asked()).toBeNull();
});
