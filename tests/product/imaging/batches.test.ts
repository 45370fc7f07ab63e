/** Images that are made small together: how many at once, what is told of them, and when they are gone. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sampleProductPhoto } from '../../../sandbox/sample-product.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { imageBatches } from '../../../src/database/schema/index.ts';
import { createBatches } from '../../../src/imaging/batches.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { openTestDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/running-app.ts';

const MINUTE_MS = 60_000;
const images = createImagePool({ threads: 1, memoryBytes: 1e9, log: silentLog });

let database: DatabaseHandle;
let mug: Uint8Array;
beforeAll(async () => {
  database = await openTestDatabase();
  mug = await sampleProductPhoto('mug');
});
afterAll(async () => {
  await images.close();
  await database.close();
});

const open = () => createBatches({ db: database.db, images, log: silentLog });
const later = (ms: number) => new Date(Date.now() + ms);

test('two are worked on at once, a third is refused until one is done', async () => {
  const batches = open();
  const begun = await Promise.allSettled([1, 2, 3].map(() => batches.begin([mug], ['small'])));
  expect(begun.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(begun[2]).toMatchObject({ reason: { code: 'too-many-requests' } });
  await vi.waitFor(async () => expect(await batches.begin([mug], ['small'])).toEqual(expect.any(String)), {
    timeout: 30_000,
    interval: 50,
  });
  await batches.close();
});

test('one that is held up by an end says so of each image, and none is begun after', async () => {
  const batches = open();
  const id = await batches.begin(Array(20).fill(mug), ['large']);
  await batches.close();
  const batch = await batches.read(id, new Date());
  if (batch?.status !== 'done') throw new Error('it has no end');
  expect(batch.images).toHaveLength(20);
  expect(batch.images.at(-1)).toEqual({ status: 'failed', code: 'cancelled' });
  await expect(batches.begin([mug], ['small'])).rejects.toMatchObject({ code: 'too-many-requests' });
});

test('one whose process was killed is lost after ten minutes, and every one is gone after an hour', async () => {
  const batches = open();
  const [row] = await database.db.insert(imageBatches).values({}).returning();
  const id = row?.id ?? '';
  expect(await batches.read(id, later(9 * MINUTE_MS))).toMatchObject({ status: 'working' });
  expect(await batches.read(id, later(11 * MINUTE_MS))).toMatchObject({ status: 'lost' });
  await batches.sweep(later(59 * MINUTE_MS));
  expect(await batches.read(id, new Date())).not.toBeNull();
  await batches.sweep(later(61 * MINUTE_MS));
  expect(await batches.read(id, new Date())).toBeNull();
  await batches.close();
});
