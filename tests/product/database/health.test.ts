import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { openTestDatabase } from '../../support/database.ts';
import '../../support/provided.ts';

let database: DatabaseHandle;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(() => vi.useRealTimers());
afterAll(() => database.close());

test('a database that answers is well', async () => {
  expect(await database.health()).toEqual({ status: 'ok' });
});

// A server goes on answering others; only the embedded one has a single connection for everybody.
test.runIf(inject('testDatabase').kind === 'embedded')(
  'a database that stands still fails, in time',
  async () => {
    const [standing, thaw] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const transaction = database.db.transaction(async () => {
      standing.resolve();
      await thaw.promise;
    });
    await standing.promise;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asking = database.health();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await asking).toEqual({ status: 'unhealthy' });
    thaw.resolve();
    await transaction;
  },
);

test('a database that cannot be asked fails', async () => {
  const closed = await openTestDatabase();
  await closed.close();
  expect(await closed.health()).toEqual({ status: 'unhealthy' });
});
