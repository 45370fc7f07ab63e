import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { createPseudonyms } from '../../src/customers/former-customers.ts';
import { photoshoots } from '../../src/database/schema/index.ts';
import { changeLimits } from '../../src/owners/change-limits.ts';
import { retentionOf } from '../../src/privacy/retention.ts';
import type { Overrides } from '../../src/resilience/rate-limits.ts';
import { type ScheduledParts, startSchedules, sweepsOf } from '../../src/schedules.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { sweepAll } from '../../src/time/sweep.ts';
import { hearLog } from '../support/heard-log.ts';
import { openFileScene, stateOf } from '../support/scene.ts';

const CLEANUP_MS = 300_000;

const RETENTION = retentionOf(parseConfig({ NODE_ENV: 'test' }));
const scene = await openFileScene();
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => vi.useRealTimers());

/** The schedules of a process whose parts have nothing to do, but for those given. */
function start(parts: Partial<ScheduledParts>) {
  const heard = hearLog();
  const idle: ScheduledParts = {
    payments: {
      db: scene.db,
      queue: scene.queue,
      gateway: { call: () => Promise.reject(new Error('nobody is to be told of anything')) },
      texts: loadTexts(),
      adminIds: [],
      referral: scene.referral,
      freeCredits: 0,
      pseudonymOf: createPseudonyms('a secret'),
      log: heard.log,
    },
    pipeline: {
      refreshLine: async () => {},
      watchProviders: async () => {},
      warnOfEndingModels: async () => {},
      watchBudget: async () => {},
      watchLine: async () => {},
      sendBroadcasts: async () => {},
      tellDigests: async () => {},
      deleteDue: async () => 0,
      warmCaches: async () => ({ recognitions: 0, days: 0 }),
    },
    alerts: { tellDue: async () => {}, sweepOld: async () => 0 },
    reconcile: async () => ({ payment: 0, held: 0, refund: 0, chargeback: 0 }),
    intake: { sweepOld: async () => 0 },
    batches: { sweep: async () => 0 },
    userLocks: { sweep: () => 0 },
    caches: { sweep: () => ({ removed: 0, bytes: 0 }) },
    memory: { look: () => {} },
    rateLimits: { sweep: async () => 0, adopt: () => {} },
    history: { sweep: async () => 0 },
    sample: null,
    conversionUpload: null,
  };
  const looks = { lineMs: 1_000, providersMs: 1_000, alertsMs: 1_000, draftsMs: 1_000, digestsMs: 1_000 };
  const counting = { timeZone: 'UTC', starsUsdRate: 0.013 };
  const config = { cleanupIntervalMs: CLEANUP_MS, looks, counting };
  const all = { ...idle, ...parts };
  const sweeps = sweepsOf({ ...all, photoFolder: null }, RETENTION);
  return { ...heard, sweeps, stop: startSchedules(all, config, sweeps) };
}

test('a schedule that fails keeps no other from running', async () => {
  const draftId = await scene.draft(await scene.customer());
  await scene.db
    .update(photoshoots)
    .set({ expiresAt: new Date(0) })
    .where(eq(photoshoots.id, draftId));
  const fails = async () => {
    throw new Error('away');
  };
  const { stop, lines } = start({
    pipeline: {
      refreshLine: fails,
      watchProviders: fails,
      warnOfEndingModels: fails,
      watchBudget: fails,
      watchLine: fails,
      sendBroadcasts: fails,
      tellDigests: fails,
      deleteDue: fails,
      warmCaches: fails,
    },
    reconcile: fails,
    intake: { sweepOld: fails },
  });
  vi.advanceTimersByTime(CLEANUP_MS);
  // A stop waits for what has begun.
  await stop();
  expect(await stateOf(scene.db, draftId)).toBe('expired');
  const failed = lines.map((line): string => JSON.parse(line).task);
  expect(failed.toSorted()).toEqual([
    'broadcasts',
    'budget',
    'deletions',
    'digests',
    'ending models',
    'full line',
    'line',
    'providers',
    'reconciliation',
    'updates',
    'warm caches',
  ]);
});

test('limits that an owner sets in one process count in every other within seconds', async () => {
  const adopted: Overrides[] = [];
  const { stop } = start({
    rateLimits: { sweep: async () => 0, adopt: (limits) => void adopted.push(limits) },
  });
  await vi.waitUntil(() => adopted.length === 1, { timeout: 30_000 });
  const changes = { messages: { most: 3, minutes: 60 } };
  const set = await changeLimits(scene.db, { by: 1, changes }, new Date());
  vi.advanceTimersByTime(3_000);
  await vi.waitUntil(() => adopted.length === 2, { timeout: 30_000 });
  expect(adopted).toEqual([{}, set]);
  await stop();
});

test('a start compares with Telegram at once, and a stop aborts that and waits until it has ended', async () => {
  const events: string[] = [];
  const { stop } = start({
    reconcile: (_now, signal) =>
      new Promise((_resolve, reject) => {
        events.push('begun');
        signal?.addEventListener('abort', () => {
          events.push('aborted');
          reject(signal.reason);
        });
      }),
  });
  expect(events).toEqual(['begun']);
  await stop();
  expect(events).toEqual(['begun', 'aborted']);
});

test('a clean-up runs every step once, in order, says what each freed, and goes on past one that fails', async () => {
  const draftId = await scene.draft(await scene.customer());
  await scene.db
    .update(photoshoots)
    .set({ expiresAt: new Date(0) })
    .where(eq(photoshoots.id, draftId));
  const { stop, sweeps, log } = start({
    history: {
      sweep: async () => {
        throw new Error('away');
      },
    },
    caches: { sweep: () => ({ removed: 2, bytes: 300 }) },
  });
  await stop();
  const reports = await sweepAll(sweeps, log, new AbortController().signal);
  expect(reports.map(({ name }) => name)).toEqual(sweeps.map(({ name }) => name));
  expect(reports).toContainEqual({ name: 'samples', failed: true, removed: 0, bytes: 0 });
  expect(reports).toContainEqual({ name: 'drafts', failed: false, removed: 1, bytes: 0 });
  expect(reports).toContainEqual({ name: 'caches', failed: false, removed: 2, bytes: 300 });
  expect(await stateOf(scene.db, draftId)).toBe('expired');
});
