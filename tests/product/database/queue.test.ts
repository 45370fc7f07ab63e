import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { createLog } from '../../../src/log.ts';
import { createQueue, type Queue } from '../../../src/queue/queue.ts';
import { openTestDatabase } from '../../support/database.ts';
import { hearLog } from '../../support/heard-log.ts';
import '../../support/provided.ts';

const log = createLog({ level: 'silent', pretty: false });
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openQueue(heard = log): Promise<{ database: DatabaseHandle; queue: Queue }> {
  const database = await openTestDatabase();
  closers.push(() => database.close());
  const queue = createQueue(database.queue, heard);
  await queue.start();
  closers.push(() => queue.stop(1000));
  return { database, queue };
}

describe('the queue', () => {
  test('a job that was enqueued in a transaction is run once the transaction is there', async () => {
    const { database, queue } = await openQueue();
    const done = Promise.withResolvers<number>();
    await queue.work('run-photoshoot', 2, async ({ photoshootId }) => done.resolve(photoshootId));
    await database.db.transaction((tx) => queue.enqueue(tx, 'run-photoshoot', { photoshootId: 7 }));
    expect(await done.promise).toBe(7);
  });

  test('a job of a transaction that was rolled back is never run', async () => {
    const { database, queue } = await openQueue();
    const ran: number[] = [];
    const last = Promise.withResolvers<void>();
    await database.db
      .transaction(async (tx) => {
        await queue.enqueue(tx, 'run-photoshoot', { photoshootId: 1 });
        throw new Error('rolled back');
      })
      .catch(() => {});
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 2 });
    await queue.work('run-photoshoot', 1, async ({ photoshootId }) => {
      ran.push(photoshootId);
      if (photoshootId === 2) last.resolve();
    });
    await last.promise;
    expect(ran).toEqual([2]);
  });

  test('paid work goes before free work, and a backlog drains without waiting for polls', async () => {
    const { database, queue } = await openQueue();
    for (let id = 1; id <= 30; id++) await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: id });
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 99 }, { priority: 10 });
    const order: number[] = [];
    const all = Promise.withResolvers<void>();
    await queue.work('run-photoshoot', 1, async ({ photoshootId }) => {
      order.push(photoshootId);
      if (order.length === 31) all.resolve();
    });
    await all.promise;
    expect(order[0]).toBe(99);
    expect([...order].sort((a, b) => a - b)).toEqual([...Array.from({ length: 30 }, (_, i) => i + 1), 99]);
  });

  test('a backlog of jobs that take no time drains without waiting for looks, whatever number may be worked on', async () => {
    const { database, queue } = await openQueue();
    // Two for each look would take longer than a test may.
    const jobs = Array.from({ length: 700 }, (_, index) => ({ photoshootId: index + 1 }));
    await database.db.transaction(async (tx) => {
      for (const job of jobs) await queue.enqueue(tx, 'run-photoshoot', job, { isFirst: true });
    });
    const all = Promise.withResolvers<void>();
    const ran = new Set<number>();
    await queue.work('run-photoshoot', 10, async ({ photoshootId }) => {
      ran.add(photoshootId);
      if (ran.size === jobs.length) all.resolve();
    });
    await all.promise;
  });

  test('a photoshoot has one job that waits: it is put off, brought forward, and done once', async () => {
    const { database, queue } = await openQueue();
    const hour = { delayMs: 3_600_000 };
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 1 }, hour);
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 2 }, hour);
    for (let wake = 0; wake < 5; wake++) {
      await database.db.transaction((tx) => queue.enqueue(tx, 'run-photoshoot', { photoshootId: 1 }));
    }
    const order: number[] = [];
    const [first, last] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await queue.work('run-photoshoot', 1, async ({ photoshootId }) => {
      order.push(photoshootId);
      if (photoshootId === 1) first.resolve();
      if (photoshootId === 3) last.resolve();
    });
    await first.promise;
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 3 });
    await last.promise;
    expect(order).toEqual([1, 3]);
  });

  test('it says how long its oldest job is in hand, and is unhealthy when one never ends', async () => {
    const { database, queue } = await openQueue();
    expect(queue.health()).toEqual({ status: 'ok', facts: { oldestJobMs: null } });
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await queue.work('run-photoshoot', 1, async () => {
      begun.resolve();
      await end.promise;
    });
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 1 });
    await begun.promise;
    expect(queue.health()).toEqual({ status: 'ok', facts: { oldestJobMs: expect.any(Number) } });
    const now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 31 * 60_000);
    expect(queue.health()).toMatchObject({ status: 'unhealthy', note: 'a job does not end' });
    clock.mockRestore();
    end.resolve();
  });

  test('a job that throws is tried again', async () => {
    const { database, queue } = await openQueue();
    const attempts: number[] = [];
    const done = Promise.withResolvers<void>();
    await queue.work('run-photoshoot', 1, async ({ photoshootId }) => {
      attempts.push(photoshootId);
      if (attempts.length === 1) throw new Error('the first one fails');
      done.resolve();
    });
    await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 5 });
    await done.promise;
    expect(attempts).toEqual([5, 5]);
  });

  test('one burst after the other is worked on by all workers, and never by more', async () => {
    const WORKERS = 12;
    const JOBS = WORKERS + 3;
    const { database, queue } = await openQueue();
    let most = 0;
    let burst = createBurst();
    function createBurst() {
      const [full, gate, over] = [
        Promise.withResolvers<void>(),
        Promise.withResolvers<void>(),
        Promise.withResolvers<void>(),
      ];
      return { running: 0, finished: 0, full, gate, over };
    }
    await queue.work('run-photoshoot', WORKERS, async () => {
      const mine = burst;
      mine.running += 1;
      most = Math.max(most, mine.running);
      if (mine.running === WORKERS) mine.full.resolve();
      await mine.gate.promise;
      mine.running -= 1;
      mine.finished += 1;
      if (mine.finished === JOBS) mine.over.resolve();
    });
    for (let round = 0; round < 2; round++) {
      burst = createBurst();
      for (let job = 1; job <= JOBS; job++) {
        await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: round * JOBS + job });
      }
      await burst.full.promise;
      burst.gate.resolve();
      await burst.over.promise;
    }
    expect(most).toBe(WORKERS);
  });

  test.runIf(inject('testDatabase').kind === 'server')(
    'whose connections are cut works on, and calls that no error',
    async () => {
      const heard = hearLog();
      const { database, queue } = await openQueue(heard.log);
      const ran: number[] = [];
      await queue.work('run-photoshoot', 1, async ({ photoshootId }) => void ran.push(photoshootId));
      await database.db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'vitrine-queue' and datname = current_database()`,
      );
      await vi.waitFor(() => expect(heard.lines.join('')).toContain('tries again'), { timeout: 60_000 });
      await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: 3 });
      await vi.waitFor(() => expect(ran).toEqual([3]), { timeout: 60_000 });
      expect(heard.errors()).toEqual([]);
    },
  );
});
