import { expect, test } from 'vitest';
import { createPlaces } from '../../../src/resilience/places.ts';

/** Works that say when they begin, and end when they are told to. */
function stage(most: number) {
  const places = createPlaces(most);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const leaving = new AbortController();
  return {
    places,
    begun,
    leaving,
    come: (name: string, wanted: number, signal = leaving.signal) =>
      places.within(wanted, signal, () => {
        begun.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      }),
    async end(name: string) {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
    settle: () => new Promise(setImmediate),
  };
}

test('the hundred and first waits until one of the hundred is through, and none is lost', async () => {
  const { come, begun, end, settle, places } = stage(100);
  const all = Array.from({ length: 101 }, (_, index) => come(String(index + 1), 1));
  await settle();
  expect(begun).toHaveLength(100);
  expect(places.statistics()).toEqual({ most: 100, taken: 100, waiting: 1 });
  await end('37');
  expect(begun.at(-1)).toBe('101');
  for (const name of begun) await end(name);
  await Promise.all(all);
  expect(places.statistics()).toEqual({ most: 100, taken: 0, waiting: 0 });
});

test('nobody passes a party that waits for more places than are free', async () => {
  const { come, begun, end, settle } = stage(4);
  void come('three', 3);
  void come('four', 4);
  void come('one', 1);
  await settle();
  expect(begun).toEqual(['three']);
  await end('three');
  expect(begun).toEqual(['three', 'four']);
  await end('four');
  expect(begun).toEqual(['three', 'four', 'one']);
});

test('a party that is larger than the house has it to itself, and one of none needs no place', async () => {
  const { come, begun, end, settle, places } = stage(2);
  void come('four', 4);
  void come('none', 0);
  void come('one', 1);
  await settle();
  expect(begun.toSorted()).toEqual(['four', 'none']);
  expect(places.statistics()).toEqual({ most: 2, taken: 2, waiting: 1 });
  await end('four');
  expect(begun).toContain('one');
});

test('who leaves the line holds no place, and the next one has its turn', async () => {
  const { come, begun, end, settle, leaving, places } = stage(1);
  const other = new AbortController();
  void come('first', 1, other.signal);
  const gone = come('second', 1);
  void come('third', 1, other.signal);
  await settle();
  leaving.abort(new Error('the process ends'));
  await expect(gone).rejects.toThrow('the process ends');
  await end('first');
  expect(begun).toEqual(['first', 'third']);
  await end('third');
  expect(places.statistics()).toEqual({ most: 1, taken: 0, waiting: 0 });
});

test('work that fails gives its places back', async () => {
  const { places } = stage(1);
  const { signal } = new AbortController();
  const fails = places.within(1, signal, async () => {
    throw new Error('it failed');
  });
  await expect(fails).rejects.toThrow('it failed');
  expect(await places.within(1, signal, async () => 'next')).toBe('next');
});
