/** Limits that processes share in the product's own database. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/database/client.ts';
import { rateLimits } from '../../../src/database/schema/index.ts';
import { createPostgresCount } from '../../../src/resilience/postgres-count.ts';
import { createRateLimits, type RateLimits } from '../../../src/resilience/rate-limits.ts';
import { createSharedCount } from '../../../src/resilience/shared-count.ts';
import { createServerDatabase, openTestDatabase } from '../../support/database.ts';
import { WIDE } from '../../support/rate-limits.ts';
import { silentLog } from '../../support/running-app.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const SETTINGS = { ...WIDE, messages: { most: 5, windowMs: 60_000 } };
const SELLER = 7;
const { db, close } = await openTestDatabase();
afterAll(() => close());
beforeEach(() => db.delete(rateLimits));

/** The limits of one process on this database. */
function processOn(database = db): RateLimits {
  return createRateLimits(SETTINGS, { shared: createSharedCount(createPostgresCount(database), silentLog) });
}

let messages = 0;
const say = (limits: RateLimits, userId = SELLER) => limits.message(userId, String(messages++));

/** The database's clock cannot be moved; what is kept can be made older. */
const age = (ms: number) =>
  db.execute(sql`update rate_limits set
    taken = (select jsonb_object_agg(key, value::float8 - ${ms}::float8) from jsonb_each(taken)),
    expires_at = expires_at - ${ms}::float8 * interval '1 ms'`);

describe('two processes on one database', () => {
  test('let through together what one would, and say when there is room', async () => {
    const [one, two] = [processOn(), processOn()];
    for (const limits of [one, two, one, two, one])
      expect(await say(limits)).toMatchObject({ allowed: true });
    const verdict = await say(two);
    expect(verdict).toMatchObject({ allowed: false, used: 5, tellNow: true });
    const waitMs = verdict.allowed ? 0 : verdict.retryAfterMs;
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThanOrEqual(60_000);
    expect(await say(two, 8)).toMatchObject({ allowed: true, used: 1 });
  });

  test('are exact when two hundred messages come at once', async () => {
    const both = [processOn(), processOn()];
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, index) => say(both[index % 2] as RateLimits)),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  test('keep a crowd of people apart, each within their own', async () => {
    const both = [processOn(), processOn()];
    const verdicts = await Promise.all(
      Array.from({ length: 300 }, (_, index) => say(both[index % 2] as RateLimits, 100 + (index % 30))),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(150);
    expect(both.map((limits) => limits.isSharedAway())).toEqual([false, false]);
  });

  test('count the same message once, whichever of them it comes to', async () => {
    const [one, two] = [processOn(), processOn()];
    for (const limits of [one, two, one, two])
      expect(await limits.message(SELLER, 'album')).toMatchObject({ allowed: true, used: 1 });
  });

  test('have room again when the first of the messages is a whole window old, and not before', async () => {
    const first = processOn();
    for (let count = 0; count < 5; count++) await say(first);
    await age(30_000);
    // A process that has seen nothing: only the row decides.
    expect(await say(processOn())).toMatchObject({ allowed: false });
    await age(30_000);
    expect(await say(processOn())).toMatchObject({ allowed: true, used: 1 });
  });

  test('obey at once a limit that was lowered', async () => {
    const [one, two] = [processOn(), processOn()];
    for (let count = 0; count < 4; count++) await say(one);
    two.adopt({ messages: { most: 2, until: new Date(Date.now() + 3_600_000) } });
    expect(await say(two)).toMatchObject({ allowed: false, used: 4 });
    two.adopt({});
    expect(await say(two)).toMatchObject({ allowed: true, used: 5 });
  });

  test('leave no row behind of whom nothing counts any more', async () => {
    const limits = processOn();
    await say(limits, 1);
    await age(60_000);
    await say(limits, 2);
    expect(await createPostgresCount(db).sweep()).toBe(1);
    expect(await db.select({ subject: rateLimits.subject }).from(rateLimits)).toEqual([{ subject: '2' }]);
  });
});

describe.runIf(inject('testDatabase').kind === 'server')('a database server that falls silent', () => {
  test('holds nobody up for more than a moment, lets no flood through, and counts again when it is back', async () => {
    const source = inject('testDatabase');
    if (source.kind !== 'server') throw new Error('the project has no server');
    const database = await createServerDatabase(source.url);
    onTestFinished(() => database.drop());
    const proxy = await startTcpProxy(Number(new URL(database.url).port));
    onTestFinished(() => proxy.close());
    const options = { ...database.options, url: proxy.through(database.url), queryTimeoutMs: 1000 };
    const handle = await openDatabase(options, silentLog);
    onTestFinished(() => handle.close());
    const limits = processOn(handle.db);
    for (let count = 0; count < 2; count++) expect(await say(limits)).toMatchObject({ allowed: true });
    proxy.silence();
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => say(limits)));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(3);
    expect(limits.health()).toMatchObject({ status: 'degraded', note: 'PostgreSQL is away' });
    proxy.cut('reset');
    for (let userId = 1000; limits.isSharedAway() !== false; userId++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await say(limits, userId);
    }
    const [row] = await handle.db.select().from(rateLimits).limit(1);
    expect(row).toBeDefined();
  });
});
