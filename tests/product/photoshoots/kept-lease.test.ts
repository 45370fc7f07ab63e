/** What a worker may still send: asked at the last moment, and asked again by one that was frozen meanwhile. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { photoshoots } from '../../../src/database/schema/index.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { beginDelivery } from '../../../src/photoshoots/run/complete-photoshoot.ts';
import type { Run } from '../../../src/photoshoots/run/record-picture.ts';
import { createLeases } from '../../../src/pipeline/keep-lease.ts';
import { silentLog } from '../../support/running-app.ts';
import { openScene, type Scene } from '../../support/scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => scene.close());

describe('a kept lease', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  function keep(run: Run) {
    const parent = new AbortController();
    const lease = createLeases({ db: scene.db, log: silentLog }).keep(run, parent.signal);
    stops.push(() => lease.stop());
    return { lease, parent };
  }

  const ended = (signal: AbortSignal) =>
    vi.waitFor(() => expect(signal.aborted).toBe(true), { timeout: 30_000, interval: 20 });

  test('confirms what its run has, and renews it with the answer', async () => {
    const run = await scene.running(await scene.customer());
    const { lease } = keep(run);
    await lease.confirm((held) => beginDelivery(scene.db, held));
    const [row] = await scene.db
      .select({ isLong: sql`${photoshoots.leaseUntil} > now() + interval '10 seconds'` })
      .from(photoshoots)
      .where(eq(photoshoots.id, run.photoshootId));
    expect(row).toEqual({ isLong: true });
  });

  test('confirms nothing that another worker has taken over', async () => {
    const run = await scene.running(await scene.customer());
    await scene.takeOver(run.photoshootId);
    const { lease } = keep(run);
    await expect(lease.confirm((held) => beginDelivery(scene.db, held))).rejects.toMatchObject({
      end: 'lost',
    });
    await ended(lease.untilLost);
  });

  test('believes no answer that it read long after it had asked', async () => {
    const run = await scene.running(await scene.customer());
    const { lease } = keep(run);
    let clock = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    let asked = 0;
    const confirmed = lease.confirm(async (held) => {
      asked += 1;
      const isOurs = await beginDelivery(scene.db, held);
      if (asked === 1) {
        // Frozen with the answer in hand; meanwhile another worker takes over.
        await scene.takeOver(run.photoshootId);
        clock += 21_000;
      }
      return isOurs;
    });
    await expect(confirmed).rejects.toMatchObject({ end: 'lost' });
  });

  test('is kept after a Cancel, so that nobody else delivers what is finished', async () => {
    const userId = await scene.customer();
    const run = await scene.running(userId);
    const { lease } = keep(run);
    await cancelPhotoshoot(scene.db, { photoshootId: run.photoshootId, userId });
    await ended(lease.wanted);
    expect(lease.untilLost.aborted).toBe(false);
    await scene.db
      .update(photoshoots)
      .set({ leaseUntil: sql`now() + interval '1 second'` })
      .where(eq(photoshoots.id, run.photoshootId));
    const isRenewed = async () => {
      const [row] = await scene.db
        .select({ isLong: sql`${photoshoots.leaseUntil} > now() + interval '10 seconds'` })
        .from(photoshoots)
        .where(eq(photoshoots.id, run.photoshootId));
      expect(row).toEqual({ isLong: true });
    };
    await vi.waitFor(isRenewed, { timeout: 30_000, interval: 20 });
  });

  test('ends with the process, and says so', async () => {
    const run = await scene.running(await scene.customer());
    const { lease, parent } = keep(run);
    parent.abort();
    expect(lease.untilLost.reason).toMatchObject({ end: 'stopped' });
    await expect(lease.confirm(async () => true)).rejects.toMatchObject({ end: 'stopped' });
  });
});
