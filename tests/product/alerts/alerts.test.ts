/** What the owners hear, and how often, over all processes together. */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Alert } from '../../../src/alerts/alert.ts';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import { isRaised, readRaised, readResolved, standingAlerts } from '../../../src/alerts/read-alerts.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { alerts as rows } from '../../../src/database/schema/index.ts';
import { openTestDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/running-app.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let database: DatabaseHandle;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.db.delete(rows);
});
afterAll(() => database.close());

/** What a process tells in chat and in the channels, as `occasion key`; `reached` says whether the chat hears it. */
function startProcess(told: string[] = [], inChannels: string[] = []) {
  const process = { reached: true, told, inChannels };
  const tell = async ({ occasion, key }: Alert) => {
    if (process.reached) told.push(`${occasion} ${key}`);
    return process.reached;
  };
  const tellChannels = async ({ occasion, key }: Alert) => void inChannels.push(`${occasion} ${key}`);
  return Object.assign(createAlerts({ db: database.db, tell, tellChannels, log: silentLog }), process, {
    lose: () => {
      process.reached = false;
    },
    find: () => {
      process.reached = true;
    },
  });
}
const later = (ms: number) => new Date(Date.now() + ms);

describe('an alert that lasts', () => {
  test('is told once, however many processes raise it at once, again every hour, and when it is over', async () => {
    const told: string[] = [];
    const processes = Array.from({ length: 4 }, () => startProcess(told));
    const all = (what: (one: (typeof processes)[number]) => Promise<unknown>) =>
      Promise.all(processes.map(what));
    await all((one) => one.raise('provider-quota', {}));
    await all((one) => one.tellDue(later(59 * MINUTE_MS)));
    expect(told).toEqual(['new provider-quota']);
    await all((one) => one.tellDue(later(HOUR_MS + 1000)));
    await all((one) => one.tellDue(later(HOUR_MS + 2000)));
    expect(told).toEqual(['new provider-quota', 'still provider-quota']);
    await all((one) => one.resolve(['provider-quota']));
    await all((one) => one.tellDue());
    expect(told.slice(2)).toEqual(['over provider-quota']);
    await all((one) => one.tellDue(later(2 * HOUR_MS)));
    expect(told).toHaveLength(3);
  });

  test('is looked for once for all calls that began before the look, and found by one that begins after it', async () => {
    const [one, other] = [startProcess(), startProcess()];
    const select = vi.spyOn(database.db, 'select');
    onTestFinished(() => select.mockRestore());
    const began = later(-MINUTE_MS);
    for (let call = 0; call < 5; call++) expect(await one.resolve(['provider-quota'], began)).toBe(false);
    expect(select).toHaveBeenCalledTimes(1);
    await other.raise('provider-quota', {});
    expect(await one.resolve(['provider-quota'], began)).toBe(false);
    expect(await one.resolve(['provider-quota'])).toBe(true);
    expect(other.told).toEqual(['new provider-quota']);
    expect(one.told).toEqual(['over provider-quota']);
  });

  test('counts, and is told, only from when it stands; resolved before that, nobody hears of it', async () => {
    const { db } = database;
    const { told, ...one } = startProcess();
    const standsFrom = later(MINUTE_MS);
    const stands = (now: Date) => standingAlerts(db, ['provider-outage'], now);
    await one.raise('provider-outage', {}, { standsFrom });
    await one.tellDue();
    expect([told, await isRaised(db, 'provider-outage'), await stands(new Date())]).toEqual([[], true, []]);
    expect(await one.resolve(['provider-outage'])).toBe(true);
    await one.tellDue(later(HOUR_MS));
    expect([told, await isRaised(db, 'provider-outage')]).toEqual([[], false]);

    await one.raise('provider-outage', {}, { standsFrom });
    // Raised again and again, it stands from the first time on.
    await one.raise('provider-outage', {}, { standsFrom: later(HOUR_MS) });
    await one.tellDue(standsFrom);
    expect([told, await stands(standsFrom)]).toEqual([['new provider-outage'], ['provider-outage']]);
  });

  test('is not ended by what began before it was raised', async () => {
    const { told, ...one } = startProcess();
    const before = new Date(Date.now() - 1);
    await one.raise('provider-key', {});
    expect(await one.resolve(['provider-key'], before)).toBe(false);
    expect(told).toEqual(['new provider-key']);
  });

  test('several that end together are told to be over once', async () => {
    const { told, ...one } = startProcess();
    await one.raise('provider-outage', {});
    await one.raise('provider-quota', {});
    expect(await one.resolve(['provider-outage', 'provider-quota'])).toBe(true);
    await one.tellDue(later(HOUR_MS));
    expect(told.filter((line) => line.startsWith('over'))).toHaveLength(1);
    // The other one may come again.
    await one.raise('provider-outage', {});
    await one.raise('provider-quota', {});
    expect(told.filter((line) => line.startsWith('new'))).toHaveLength(4);
    await one.sweepOld(new Date());
    expect(await standingAlerts(database.db, ['provider-outage', 'provider-quota'], new Date())).toHaveLength(
      2,
    );
  });

  test('that nobody could be told is told as soon as somebody can be, and so is its end', async () => {
    const one = startProcess();
    one.lose();
    await one.raise('provider-quota', {});
    await one.tellDue();
    expect(one.told).toEqual([]);
    one.find();
    await one.tellDue();
    one.lose();
    await one.resolve(['provider-quota']);
    one.find();
    await one.tellDue();
    await one.tellDue();
    expect(one.told).toEqual(['new provider-quota', 'over provider-quota']);
  });

  test('that comes back before its end could be told has not ended', async () => {
    const one = startProcess();
    await one.raise('provider-quota', {});
    one.lose();
    await one.resolve(['provider-quota']);
    await one.raise('provider-quota', {});
    one.find();
    await one.tellDue();
    expect(one.told).toEqual(['new provider-quota', 'new provider-quota']);
  });

  test('is not lost with a teller that fails', async () => {
    const tell = vi.fn<(alert: Alert) => Promise<boolean>>().mockRejectedValueOnce(new Error('away'));
    tell.mockResolvedValue(true);
    const one = createAlerts({ db: database.db, tell, tellChannels: async () => {}, log: silentLog });
    await one.raise('provider-model', { code: 'model_not_found' });
    await one.tellDue();
    expect(tell.mock.calls.map(([{ occasion, details }]) => [occasion, details])).toEqual([
      ['new', { code: 'model_not_found' }],
      ['new', { code: 'model_not_found' }],
    ]);
  });
});

describe('the other channels', () => {
  /** Processes of which none reaches the chat. */
  function startLost(count: number) {
    const told: string[] = [];
    const inChannels: string[] = [];
    const processes = Array.from({ length: count }, () => startProcess(told, inChannels));
    for (const one of processes) one.lose();
    const all = (what: (one: (typeof processes)[number]) => Promise<unknown>) =>
      Promise.all(processes.map(what));
    return { told, inChannels, all };
  }

  test('are told once of what stands, every hour and at its end, however often and by whom the chat is tried', async () => {
    const { told, inChannels, all } = startLost(4);
    await all((one) => one.raise('provider-quota', {}));
    for (let look = 0; look < 3; look += 1) await all((one) => one.tellDue());
    await all((one) => one.raise('week:1', {}, { lasts: false }));
    await all((one) => one.tellDue(later(HOUR_MS + 1000)));
    await all((one) => one.resolve(['provider-quota']));
    await all((one) => one.tellDue(later(2 * HOUR_MS)));
    expect(inChannels).toEqual([
      'new provider-quota',
      'new week:1',
      'still provider-quota',
      'over provider-quota',
    ]);
    // The chat never heard that it stood. What has no end waits for the chat.
    await startProcess(told, inChannels).tellDue();
    expect([told, inChannels.length]).toEqual([['new week:1'], 4]);
  });

  test('hear one end of several, and so does a chat that had heard of others among them', async () => {
    const { told, inChannels, all } = startLost(1);
    await all((one) => one.raise('provider-key', {}));
    const found = startProcess(told, inChannels);
    await database.db.update(rows).set({ standsFrom: later(HOUR_MS) });
    await found.raise('provider-quota', {});
    await found.resolve(['provider-key', 'provider-quota']);
    expect(told).toEqual(['new provider-quota', 'over provider-quota']);
    expect(inChannels).toEqual(['new provider-key', 'new provider-quota', 'over provider-key']);
  });

  test('what was over before the chat could be told is forgotten after a week as well', async () => {
    const { all } = startLost(1);
    await all((one) => one.raise('provider-quota', {}));
    await all((one) => one.resolve(['provider-quota']));
    expect(await startProcess().sweepOld(later(6 * 24 * HOUR_MS))).toBe(0);
    expect(await startProcess().sweepOld(later(8 * 24 * HOUR_MS))).toBe(1);
  });

  test('that are silent keep back nobody', async () => {
    const told: string[] = [];
    const one = createAlerts({
      db: database.db,
      tell: async ({ key }) => told.push(key) > 0,
      tellChannels: () => new Promise(() => {}),
      log: silentLog,
    });
    await one.raise('provider-quota', {});
    expect(told).toEqual(['provider-quota']);
  });
});

test('what was heard of them spares the question, for what began before it alone', async () => {
  const told: string[] = [];
  const one = startProcess(told);
  await one.raise('provider-quota', {});
  const began = new Date();
  // Another statement read them before it was raised, which a later one may not take for news.
  one.hear([], began.getTime());
  expect(await one.areQuiet(['provider-quota'], began)).toBe(false);
  one.hear(['provider-quota'], began.getTime() + 2);
  expect(await one.resolve(['provider-quota', 'provider-key'], later(0))).toBe(true);
  one.hear([], began.getTime() + 3);
  expect(await one.areQuiet(['provider-quota'], began)).toBe(true);
  await one.raise('provider-quota', {});
  // It was raised after the call began, so it stands whatever came of that.
  expect(await one.resolve(['provider-quota'], began)).toBe(false);
  expect(told.at(-1)).toBe('new provider-quota');
});

test('a chat that fails takes back nothing of what others have told meanwhile', async () => {
  const told: string[] = [];
  const other = startProcess(told);
  const slow = createAlerts({
    db: database.db,
    // While Telegram is silent the alert ends, is raised again, and is told by another process.
    tell: async () => {
      await other.resolve(['provider-quota']);
      await other.raise('provider-quota', {});
      return false;
    },
    tellChannels: async () => {},
    log: silentLog,
  });
  await slow.raise('provider-quota', {}, { standsFrom: later(HOUR_MS) });
  await slow.tellDue(later(HOUR_MS));
  await other.tellDue();
  expect(told).toEqual(['over provider-quota', 'new provider-quota']);
});

test('what has no end is told once, and forgotten after a week', async () => {
  const { told, ...one } = startProcess();
  const raise = () => one.raise('update-given-up:7', { kind: 'message' }, { lasts: false });
  await raise();
  await raise();
  await one.tellDue(later(2 * HOUR_MS));
  expect(await one.sweepOld(later(6 * 24 * HOUR_MS))).toBe(0);
  expect(await one.sweepOld(later(8 * 24 * HOUR_MS))).toBe(1);
  expect(told).toEqual(['new update-given-up:7']);
});

test('what is raised is read by its kind, from when it counts until it is over, the newest first', async () => {
  const one = startProcess();
  await one.raise('provider-key', { model: 'one' });
  await one.raise('performance-warning:cpu', { rule: 'cpu', value: 91, limit: 80 });
  await one.raise('provider-outage', {}, { standsFrom: later(MINUTE_MS) });
  await one.raise('morning', {}, { lasts: false });
  const kinds = ['provider-key', 'performance-warning', 'provider-outage'] as const;
  const read = (limit = 9) => readRaised(database.db, { kinds, limit }, new Date());
  expect((await read()).map(({ key }) => key)).toEqual(['performance-warning:cpu', 'provider-key']);
  expect(await read(1)).toHaveLength(1);
  await one.resolve(['performance-warning:cpu']);
  expect(await read()).toEqual([{ key: 'provider-key', details: { model: 'one' }, since: expect.any(Date) }]);
});

test('what is over can be read for a week, the latest first, and can be raised again', async () => {
  const one = startProcess();
  const kinds = ['provider-key', 'performance-warning'] as const;
  const read = async () =>
    (await readResolved(database.db, { kinds, limit: 9 })).map(({ key, details }) => [key, details.value]);
  await one.raise('performance-warning:cpu', { rule: 'cpu', value: 91, limit: 80 });
  await one.raise('provider-key', { value: 1 });
  // One that never stood was nothing.
  await one.raise('performance-warning:disk', { value: 1 }, { standsFrom: later(MINUTE_MS) });
  await one.resolve(['performance-warning:cpu']);
  await one.resolve(['performance-warning:disk']);
  await one.resolve(['provider-key']);
  expect(await read()).toEqual([
    ['provider-key', 1],
    ['performance-warning:cpu', 91],
  ]);
  await one.raise('performance-warning:cpu', { rule: 'cpu', value: 95, limit: 80 });
  expect(await read()).toEqual([['provider-key', 1]]);
  expect(await one.sweepOld(later(6 * 24 * HOUR_MS))).toBe(0);
  expect(await one.sweepOld(later(8 * 24 * HOUR_MS))).toBe(1);
  expect(await read()).toEqual([]);
  expect(one.told).toEqual([
    'new performance-warning:cpu',
    'new provider-key',
    'over performance-warning:cpu',
    'over provider-key',
    'new performance-warning:cpu',
  ]);
});
