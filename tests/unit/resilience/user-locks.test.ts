import { expect, test } from 'vitest';
import { createUserLocks, type UserLocks } from '../../../src/resilience/user-locks.ts';

/** Takes a lock that must be free. @returns what lets it go */
async function acquire(locks: UserLocks, userId: number): Promise<() => void> {
  const release = await locks.tryAcquire(userId);
  if (release === 'busy') throw new Error('the free lock was refused');
  return release;
}

test('a lock that is held is refused at once, and free again when its holder lets it go', async () => {
  const locks = createUserLocks();
  const [first, second] = await Promise.all([locks.tryAcquire(1), locks.tryAcquire(1)]);
  expect(second).toBe('busy');
  if (first === 'busy') throw new Error('the free lock was refused');
  first();
  expect(await locks.tryAcquire(1)).not.toBe('busy');
});

test('people do not stand in each other’s way', async () => {
  const locks = createUserLocks();
  await acquire(locks, 1);
  expect(await locks.tryAcquire(2)).not.toBe('busy');
});

test('letting go twice does not free the lock of who came next', async () => {
  const locks = createUserLocks();
  const release = await acquire(locks, 1);
  release();
  await acquire(locks, 1);
  release();
  expect(await locks.tryAcquire(1)).toBe('busy');
  expect(locks.statistics()).toMatchObject({ active: 1, peak: 1 });
});

test('statistics count what is held and the most held at once', async () => {
  const locks = createUserLocks();
  const releases = [await acquire(locks, 1), await acquire(locks, 2)];
  await locks.tryAcquire(1);
  expect(locks.statistics()).toEqual({ active: 2, peak: 2, swept: 0, entries: 2 });
  for (const release of releases) release();
  expect(locks.statistics()).toEqual({ active: 0, peak: 2, swept: 0, entries: 2 });
});

test('a sweep drops what was idle for longer than the limit and spares what is held', async () => {
  let clock = 0;
  const locks = createUserLocks({ idleMs: 300_000, now: () => clock });
  (await acquire(locks, 1))();
  const release = await acquire(locks, 2);

  clock = 300_000;
  expect(locks.sweep()).toBe(0);
  clock = 300_001;
  expect(locks.sweep()).toBe(1);
  expect(locks.statistics()).toMatchObject({ entries: 1, swept: 1 });

  // The lock that was held through the sweep is still the one that a newcomer meets.
  expect(await locks.tryAcquire(2)).toBe('busy');
  release();
  clock = 600_001;
  expect(locks.sweep()).toBe(0);
});

test('ten thousand people leave nothing behind', async () => {
  let clock = 0;
  const locks = createUserLocks({ now: () => clock });
  const releases = await Promise.all(Array.from({ length: 10_000 }, (_, user) => acquire(locks, user)));
  for (const release of releases) release();
  expect(locks.statistics()).toMatchObject({ active: 0, peak: 10_000, entries: 10_000 });

  clock = 300_001;
  expect(locks.sweep()).toBe(10_000);
  expect(locks.statistics()).toEqual({ active: 0, peak: 10_000, swept: 10_000, entries: 0 });
});
