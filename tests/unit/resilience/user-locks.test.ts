import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createUserLocks } from '../../../src/resilience/user-locks.ts';

function makeGate() {
  return Promise.withResolvers<void>();
}

test('work of one person runs one after the other, in the order it was asked for', async () => {
  const locks = createUserLocks();
  const order: string[] = [];
  const task = (name: string) =>
    locks.runExclusive(1, async () => {
      order.push(`${name}: enter`);
      await setImmediate();
      order.push(`${name}: exit`);
      return name;
    });

  expect(await Promise.all([task('a'), task('b'), task('c')])).toEqual(['a', 'b', 'c']);
  expect(order).toEqual(['a: enter', 'a: exit', 'b: enter', 'b: exit', 'c: enter', 'c: exit']);
});

test('people do not wait for each other', async () => {
  const locks = createUserLocks();
  const gate = makeGate();
  const slow = locks.runExclusive(1, () => gate.promise);

  await expect(locks.runExclusive(2, () => 'done')).resolves.toBe('done');
  gate.resolve();
  await slow;
});

test('a failing task lets the next one in and hands its error to its caller', async () => {
  const locks = createUserLocks();
  const failing = locks.runExclusive(1, () => Promise.reject(new Error('no')));

  await expect(failing).rejects.toThrow('no');
  await expect(locks.runExclusive(1, () => 'next')).resolves.toBe('next');
  expect(locks.statistics()).toMatchObject({ active: 0, waiting: 0 });
});

test('tryAcquire says busy instead of waiting, and takes a free lock', async () => {
  const locks = createUserLocks();
  const [first, second] = await Promise.all([locks.tryAcquire(1), locks.tryAcquire(1)]);
  expect(second).toBe('busy');
  if (first === 'busy') throw new Error('the free lock was refused');

  const order: string[] = [];
  const waiting = locks.runExclusive(1, () => order.push('waiter'));
  await setImmediate();
  order.push('release');
  first();
  first(); // a second release must not free the waiter's lock
  await waiting;
  expect(order).toEqual(['release', 'waiter']);
  expect(locks.statistics()).toMatchObject({ active: 0, waiting: 0 });
});

test('statistics count what is held, what waits and the most held at once', async () => {
  const locks = createUserLocks();
  const gate = makeGate();
  const running = [1, 1, 1, 2].map((user) => locks.runExclusive(user, () => gate.promise));
  await setImmediate();

  expect(locks.statistics()).toEqual({ active: 2, waiting: 2, peak: 2, swept: 0, entries: 2 });
  gate.resolve();
  await Promise.all(running);
  expect(locks.statistics()).toEqual({ active: 0, waiting: 0, peak: 2, swept: 0, entries: 2 });
});

test('a sweep drops what was idle for longer than the limit and spares what is held or awaited', async () => {
  let clock = 0;
  const locks = createUserLocks({ idleMs: 300_000, now: () => clock });
  const gate = makeGate();
  await locks.runExclusive(1, () => 'idle');
  const held = locks.runExclusive(2, () => gate.promise);

  clock = 300_000;
  expect(locks.sweep()).toBe(0);
  clock = 300_001;
  expect(locks.sweep()).toBe(1);
  expect(locks.statistics()).toMatchObject({ entries: 1, swept: 1 });

  // The lock that was held through the sweep is still the one that a newcomer waits for.
  const order: string[] = [];
  const waiting = locks.runExclusive(2, () => order.push('waiter'));
  await setImmediate();
  order.push('holder ends');
  gate.resolve();
  await Promise.all([held, waiting]);
  expect(order).toEqual(['holder ends', 'waiter']);
});

test('ten thousand people leave nothing behind', async () => {
  let clock = 0;
  const locks = createUserLocks({ now: () => clock });
  await Promise.all(
    Array.from({ length: 10_000 }, (_, user) => locks.runExclusive(user, () => setImmediate())),
  );
  expect(locks.statistics()).toMatchObject({ active: 0, peak: 10_000, entries: 10_000 });

  clock = 300_001;
  expect(locks.sweep()).toBe(10_000);
  expect(locks.statistics()).toEqual({ active: 0, waiting: 0, peak: 10_000, swept: 10_000, entries: 0 });
});
