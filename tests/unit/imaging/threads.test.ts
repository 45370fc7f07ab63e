import { afterEach, describe, expect, test, vi } from 'vitest';
import { createThreads } from '../../../src/imaging/threads.ts';
import { silentLog } from './pictures.ts';

const bytes = Uint8Array.of(1, 2, 3);
const opened: ReturnType<typeof createThreads>[] = [];

/** What a task of these tests takes of the memory, where nothing else is said. */
const COST = 10;

function threadsOf(options: { threads?: number; memoryBytes?: number; deadlineMs?: number } = {}) {
  const threads = createThreads({
    worker: new URL('./fixtures/unruly-worker.ts', import.meta.url),
    threads: 1,
    memoryBytes: 100,
    deadlineMs: 10_000,
    log: silentLog,
    ...options,
  });
  opened.push(threads);
  return {
    ...threads,
    echo: (signal?: AbortSignal, cost = COST) =>
      threads.run<{ bytes: Uint8Array }, { sum: number }>('echo', { bytes }, { cost, signal }),
    fail: (name: 'die' | 'fillMemory' | 'hang') =>
      threads.run(name, { bytes }, { cost: COST, signal: undefined }),
  };
}

/** A task that is running now and never ends; aborting the returned controller ends it. */
async function hanging(threads: ReturnType<typeof threadsOf>, cost = COST) {
  const began = new Int32Array(new SharedArrayBuffer(4));
  const controller = new AbortController();
  const terms = { cost, signal: controller.signal };
  const ended = threads.run('hang', { bytes, began }, terms).catch((reason: unknown) => reason);
  await Atomics.waitAsync(began, 0, 0).value;
  return { stop: (reason: Error) => controller.abort(reason), ended };
}

afterEach(async () => {
  vi.useRealTimers();
  // Whatever a test left hanging has been aborted by it, so closing ends.
  for (const threads of opened.splice(0)) await threads.close();
});

describe('the image threads', () => {
  test('run a task and leave the bytes with their owner', async () => {
    const { echo } = threadsOf();
    expect(await echo()).toEqual({ sum: 6 });
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('never empty the Buffer pool that small Buffers share', async () => {
    const { run } = threadsOf();
    const small = Buffer.from([5, 6]);
    const neighbour = Buffer.from('neighbour');
    expect(small.buffer).toBe(neighbour.buffer);
    expect(await run('echo', { bytes: small }, { cost: COST, signal: undefined })).toEqual({ sum: 11 });
    expect(neighbour.toString()).toBe('neighbour');
  });

  test.each(['die', 'fillMemory'] as const)(
    'replace a thread lost to %s, and only its task fails',
    async (end) => {
      const { fail, echo, statistics } = threadsOf();
      const lost = expect(fail(end)).rejects.toMatchObject({ code: 'image-unreadable' });
      const next = echo();
      await lost;
      expect(await next).toEqual({ sum: 6 });
      expect(statistics()).toEqual({
        threads: 1,
        running: 0,
        waiting: 0,
        completed: 1,
        failed: 1,
        replacedThreads: 1,
      });
    },
  );

  test('replace every thread when all die again and again', async () => {
    const { fail, echo, statistics } = threadsOf({ threads: 2 });
    const ends = await Promise.allSettled(Array.from({ length: 6 }, () => fail('die')));
    expect(ends.map((end) => end.status)).toEqual(Array(6).fill('rejected'));
    expect(await Promise.all([echo(), echo(), echo()])).toHaveLength(3);
    expect(statistics()).toMatchObject({ completed: 3, failed: 6, replacedThreads: 6 });
  });

  test('end a task that runs past its deadline, and count its running only', async () => {
    // The clock stands still but for this test, so that no thread is too late because the machine is busy.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const threads = threadsOf({ deadlineMs: 400 });
    const first = await hanging(threads);
    const second = hanging(threads);
    const third = threads.echo();
    await vi.advanceTimersByTimeAsync(400);
    expect(await first.ended).toMatchObject({ message: 'hang ran longer than 400 ms' });
    // The others have waited for that long, and have all their time still before them.
    const { ended } = await second;
    await vi.advanceTimersByTimeAsync(399);
    expect(threads.statistics()).toMatchObject({ running: 1, failed: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toMatchObject({ code: 'image-unreadable' });
    expect(await third).toEqual({ sum: 6 });
    expect(threads.statistics()).toMatchObject({ completed: 1, failed: 2, replacedThreads: 2 });
  });

  test('let a hundred tasks wait for a place, and lose none', async () => {
    const threads = threadsOf();
    const running = await hanging(threads);
    const waiting = Array.from({ length: 100 }, () => threads.echo());
    expect(threads.statistics()).toMatchObject({ running: 1, waiting: 100 });
    running.stop(new Error('enough'));
    expect(new Set(await Promise.all(waiting))).toHaveLength(100);
  });

  test('run one heavy task at a time, and light ones beside it where there is room', async () => {
    const threads = threadsOf({ threads: 3, memoryBytes: 100 });
    const heavy = await hanging(threads, 80);
    const order: string[] = [];
    const second = threads.echo(undefined, 80).then(() => order.push('heavy'));
    // It would fit, but would overtake; a heavy task must not wait for ever behind light ones.
    const behind = threads.echo(undefined, 10).then(() => order.push('light'));
    expect(threads.statistics()).toMatchObject({ running: 1, waiting: 2 });
    heavy.stop(new Error('enough'));
    await Promise.all([second, behind]);
    const light = await hanging(threads, 20);
    expect(await threads.echo(undefined, 80)).toEqual({ sum: 6 });
    light.stop(new Error('enough'));
    expect(order).toHaveLength(2);
  });

  test('go on when a heavy task that others wait behind leaves the line', async () => {
    const threads = threadsOf({ threads: 2 });
    const running = await hanging(threads, 50);
    const leaver = new AbortController();
    const heavy = threads.echo(leaver.signal, 100).catch((reason: unknown) => reason);
    const light = threads.echo(undefined, 50);
    leaver.abort(new Error('left the line'));
    expect(await heavy).toEqual(new Error('left the line'));
    expect(await light).toEqual({ sum: 6 });
    running.stop(new Error('enough'));
  });

  test('run what is alone when all else has ended, one task after the other', async () => {
    const threads = threadsOf({ threads: 2 });
    const running = await hanging(threads);
    const order: string[] = [];
    const alone = threads.alone(async (run) => {
      order.push('alone');
      const echo = () => run('echo', { bytes }, { cost: COST, signal: undefined });
      await Promise.all([echo(), echo().then(() => order.push('both ran'))]);
      expect(threads.statistics()).toMatchObject({ running: 1, waiting: 1 });
    }, undefined);
    const after = threads.echo().then(() => order.push('another'));
    order.push('waiting');
    running.stop(new Error('enough'));
    await Promise.all([alone, after]);
    expect(order).toEqual(['waiting', 'alone', 'both ran', 'another']);
  });

  test('abort a running task with the reason of its signal, and go on with a new thread', async () => {
    const threads = threadsOf();
    const running = await hanging(threads);
    running.stop(new Error('the seller cancelled'));
    expect(await running.ended).toEqual(new Error('the seller cancelled'));
    expect(await threads.echo()).toEqual({ sum: 6 });
    expect(threads.statistics()).toMatchObject({ running: 0, replacedThreads: 1 });
  });

  test('let an aborted task leave the line without a thread being lost', async () => {
    const threads = threadsOf();
    const running = await hanging(threads);
    const order: string[] = [];
    const leaver = new AbortController();
    const left = threads.echo(leaver.signal).catch((reason: Error) => order.push(reason.message));
    const stayed = threads.echo().then(() => order.push('ran'));
    leaver.abort(new Error('left the line'));
    await left;
    expect(threads.statistics()).toMatchObject({ running: 1, waiting: 1, replacedThreads: 0 });
    running.stop(new Error('enough'));
    await stayed;
    expect(order).toEqual(['left the line', 'ran']);
  });

  test('do not begin with a signal that is aborted already', async () => {
    const { echo, statistics } = threadsOf();
    await expect(echo(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(statistics()).toMatchObject({ running: 0, completed: 0, failed: 0 });
  });

  test('serve the line first come, first served', async () => {
    const { run } = threadsOf();
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (number) => {
        await run('echo', { bytes }, { cost: COST, signal: undefined });
        order.push(number);
      }),
    );
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  test('finish what runs and refuse what waits when they close', async () => {
    const threads = threadsOf();
    const running = threads.echo();
    const waiting = expect(threads.echo()).rejects.toMatchObject({ code: 'imaging-busy' });
    await threads.close();
    expect(await running).toEqual({ sum: 6 });
    await waiting;
    await expect(threads.echo()).rejects.toMatchObject({ code: 'imaging-busy' });
    expect(threads.statistics()).toMatchObject({ completed: 1, replacedThreads: 0 });
  });
});
