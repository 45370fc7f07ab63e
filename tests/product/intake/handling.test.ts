import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import type { BuriedUpdate } from '../../../src/intake/create-intake.ts';
import { TelegramRefused, TelegramUnreachable } from '../../../src/telegram/errors.ts';
import { openTestDatabase } from '../../support/database.ts';
import { createMemoryLog, createScene, createStage, message, payment, preCheckout, tap } from './scene.ts';

let database: DatabaseHandle;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = createScene(database.db);
});
afterEach(() => scene.clear());
afterAll(() => database.close());

function collectedHeap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

const withCode = (code: string) => Object.assign(new Error(`failed with ${code}`), { code });

describe('an update', () => {
  test('that comes five times in a row and five times at once is handled once', async () => {
    const stage = createStage();
    const intake = await scene.started(stage);
    for (let times = 0; times < 5; times++) expect(await intake.receive(message(1, 7))).toBe('stored');
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => intake.receive(message(2, 7))));
    expect(atOnce).toEqual(Array(5).fill('stored'));
    await intake.receive(message(3, 7));
    await stage.until('3 ends');
    expect(stage.events).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
    expect(intake.statistics()).toMatchObject({ handled: 3, repeated: 8, waiting: 0, inFlight: 0 });
  });

  test('leaves no words in the inbox once it has been handled', async () => {
    const stage = createStage();
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7, 'private words'));
    await intake.drain(1000);
    expect(await scene.row(1)).toMatchObject({ state: 'done', payload: null, owner: null, lane: 7 });
  });

  test('is handled after it has been written, never before', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    const restore = await scene.breakInbox();
    await expect(intake.receive(message(1, 7))).rejects.toThrow();
    expect(stage.events).toEqual([]);
    await restore();
    await intake.receive(message(1, 7));
    expect(await scene.row(1)).toMatchObject({ state: 'waiting', payload: message(1, 7) });
    expect(stage.events).toEqual(['1 begins']);
    release();
    await stage.until('1 ends');
  });

  test('is handled again after a fault of the database, and nobody hears of it', async () => {
    const stage = createStage();
    let attempts = 0;
    stage.play(1, async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('a query failed', { cause: withCode('57P01') });
    });
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7));
    await stage.until('1 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['1 begins', '1 fails', '1 begins', '1 fails', '1 begins', '1 ends']);
    expect(await scene.states()).toEqual({ 1: 'done' });
  });

  test.each([
    ['a database that is away', () => withCode('CONNECTION_CLOSED')],
    ['a database that is silent', () => withCode('DATABASE_SILENT')],
    ['a transaction that waited for too long', () => withCode('25P03')],
    ['Telegram being away', () => new TelegramUnreachable('sendMessage', 'no', 'ECONNREFUSED')],
  ])('stays in the inbox however long it meets %s, and nobody hears of it', async (_what, fault) => {
    const stage = createStage();
    let attempts = 0;
    stage.play(1, async () => {
      attempts += 1;
      if (attempts < 30) throw fault();
    });
    const buried: BuriedUpdate[] = [];
    const intake = await scene.started(stage, { buried: (update) => buried.push(update) });
    await intake.receive(message(1, 7));
    await stage.until('1 ends');
    await intake.drain(1000);
    expect(stage.events.filter((event) => event === '1 begins')).toHaveLength(30);
    expect(stage.events).not.toContain('sorry for 1');
    expect(buried).toEqual([]);
    expect(await scene.states()).toEqual({ 1: 'done' });
  });

  test('that Telegram asks to wait with holds up its chat and takes nobody’s place', async () => {
    const stage = createStage();
    let attempts = 0;
    stage.play(1, async () => {
      attempts += 1;
      if (attempts === 1)
        throw new TelegramRefused('sendMessage', 429, 'Too Many Requests', { retry_after: 1 });
    });
    const intake = await scene.started(stage, { settings: { concurrency: 1 } });
    await Promise.all([message(1, 7), message(2, 7), message(3, 8)].map(intake.receive));
    await stage.until('2 ends');
    expect(stage.events).toEqual([
      '1 begins',
      '1 fails',
      '3 begins',
      '3 ends',
      '1 begins',
      '1 ends',
      '2 begins',
      '2 ends',
    ]);
    await intake.drain(1000);
    expect(await scene.states()).toEqual({ 1: 'done', 2: 'done', 3: 'done' });
  });

  test('whose answer may have arrived is tried a few times more, and then given up', async () => {
    const stage = createStage();
    stage.play(1, () => Promise.reject(new TelegramUnreachable('sendMessage', 'unknown', 'cut')));
    const buried: BuriedUpdate[] = [];
    const intake = await scene.started(stage, { buried: (update) => buried.push(update) });
    await intake.receive(message(1, 7));
    await stage.until('sorry for 1');
    await intake.drain(1000);
    expect(stage.events.filter((event) => event === '1 begins')).toHaveLength(5);
    expect(buried).toEqual([{ updateId: 1, kind: 'message', fault: 'TelegramUnreachable' }]);
    expect(await scene.row(1)).toMatchObject({ state: 'dead', failures: 1, fault: 'TelegramUnreachable' });
  });

  test('whose answer may have arrived is not given up while Telegram answers nobody, nor after faults of others', async () => {
    const stage = createStage();
    let tries = 0;
    stage.play(1, async () => {
      tries += 1;
      if (tries <= 4) throw withCode('CONNECTION_CLOSED');
      if (tries <= 24) throw new TelegramUnreachable('sendMessage', 'unknown', 'HTTP 502');
    });
    // Away until its twentieth page of a gateway.
    const intake = await scene.started(stage, { isTelegramAway: () => tries <= 20 });
    await intake.receive(message(1, 7));
    await stage.until('1 ends');
    await intake.drain(1000);
    expect(stage.events).not.toContain('sorry for 1');
    expect(await scene.states()).toEqual({ 1: 'done' });
  });
});

describe('an update that tells of money', () => {
  test('is given up only once the money is safe, however often that fails, and is handled again meanwhile', async () => {
    const stage = createStage();
    stage.play(1, () => Promise.reject(new Error('broken')));
    let unsafe = 10;
    const intake = await scene.started({
      handle: stage.handle,
      async apologise(update) {
        unsafe -= 1;
        if (unsafe > 0) throw new Error('the money could not be written down');
        await stage.apologise(update);
      },
    });
    await Promise.all([intake.receive(payment(1, 7)), intake.receive(message(2, 7))]);
    await stage.until('2 ends');
    await intake.drain(1000);
    expect(stage.events.filter((event) => event === '1 begins')).toHaveLength(10);
    expect(stage.events.slice(-3)).toEqual(['sorry for 1', '2 begins', '2 ends']);
    expect(await scene.states()).toEqual({ 1: 'dead', 2: 'done' });
  });

  test('outlives faults of the database that do not end within an attempt or two', async () => {
    const stage = createStage();
    let away = 20;
    stage.play(1, async () => {
      away -= 1;
      if (away > 0) throw withCode('CONNECTION_CLOSED');
    });
    const intake = await scene.started({
      handle: stage.handle,
      apologise: () => Promise.reject(withCode('CONNECTION_CLOSED')),
    });
    await intake.receive(payment(1, 7));
    await stage.until('1 ends');
    await intake.drain(1000);
    expect(await scene.states()).toEqual({ 1: 'done' });
  });

  test('is left to the next start, with all it says, when the process ends before the money is safe', async () => {
    const stage = createStage();
    stage.play(1, () => Promise.reject(new Error('broken')));
    const asked = Promise.withResolvers<void>();
    const intake = await scene.started({
      handle: stage.handle,
      apologise() {
        asked.resolve();
        return Promise.reject(new Error('the money could not be written down'));
      },
    });
    await intake.receive(payment(1, 7));
    await asked.promise;
    await intake.drain(0);
    expect(await scene.row(1)).toMatchObject({ state: 'waiting', owner: null, payload: payment(1, 7) });
  });

  test('that has killed too many processes is not handled any more, and waits until the money is safe', async () => {
    await scene.leave(payment(1, 7), { lane: 7, owner: 'dead', deaths: 9 });
    const stage = createStage();
    let unsafe = 3;
    const intake = await scene.started({
      handle: stage.handle,
      async apologise(update) {
        unsafe -= 1;
        if (unsafe > 0) throw new Error('the money could not be written down');
        await stage.apologise(update);
      },
    });
    await stage.until('sorry for 1');
    await intake.drain(1000);
    expect(stage.events).toEqual(['sorry for 1']);
    expect(await scene.states()).toEqual({ 1: 'dead' });
  });
});

describe('a handler that fails', () => {
  test('is apologised for once, and the next update of the chat is handled', async () => {
    const stage = createStage();
    const { log, lines } = createMemoryLog();
    stage.play(1, () => Promise.reject(new Error('broken')));
    const intake = await scene.started(stage, { log });
    await Promise.all([intake.receive(message(1, 7, 'private words')), intake.receive(message(2, 7))]);
    await stage.until('2 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['1 begins', '1 fails', 'sorry for 1', '2 begins', '2 ends']);
    expect(await scene.row(1)).toMatchObject({ state: 'dead', failures: 1, fault: 'Error', owner: null });
    expect((await scene.row(1)).payload).toEqual(message(1, 7, 'private words'));
    expect(lines.map((line) => line.msg)).toContain('an update could not be handled');
    expect(JSON.stringify(lines)).not.toContain('private words');
    expect(intake.statistics()).toMatchObject({ handled: 1, failed: 1 });
  });

  test('stops nothing when it throws at once, and when the apology fails too', async () => {
    const stage = createStage();
    const intake = await scene.started({
      handle: (update, signal) => {
        if (update.update_id === 1) throw new Error('thrown, not rejected');
        return stage.handle(update, signal);
      },
      apologise: () => {
        throw new Error('blocked');
      },
    });
    await Promise.all([intake.receive(message(1, 7)), intake.receive(message(2, 7))]);
    await stage.until('2 ends');
    await intake.drain(1000);
    expect(await scene.states()).toEqual({ 1: 'dead', 2: 'done' });
  });

  test('that is overdue is told so, counts as failed, and its late end harms nobody', async () => {
    const stage = createStage();
    const late = Promise.withResolvers<void>();
    stage.play(1, async (signal) => {
      signal.addEventListener('abort', () => stage.tell('1 is told to end'));
      await late.promise;
      throw new Error('too late to matter');
    });
    const intake = await scene.started(stage, { settings: { handlerDeadlineMs: 5 } });
    await Promise.all([intake.receive(message(1, 7)), intake.receive(message(2, 7))]);
    await stage.until('2 ends');
    late.resolve();
    await stage.until('1 fails');
    await intake.drain(1000);
    expect(stage.events).toEqual([
      '1 begins',
      '1 is told to end',
      'sorry for 1',
      '2 begins',
      '2 ends',
      '1 fails',
    ]);
    expect(await scene.states()).toEqual({ 1: 'dead', 2: 'done' });
  });
});

describe('lines', () => {
  test('keep a chat in order while chats go side by side', async () => {
    const stage = createStage();
    const [releaseFirst, releaseOther] = [stage.hold(1), stage.hold(3)];
    const intake = await scene.started(stage);
    await Promise.all([message(1, 7), message(2, 7), message(3, -100), message(4, 9)].map(intake.receive));
    await stage.until('4 ends');
    expect(stage.events).toEqual(['1 begins', '3 begins', '4 begins', '4 ends']);
    releaseOther();
    releaseFirst();
    await stage.until('2 ends');
    expect(stage.events.indexOf('1 ends')).toBeLessThan(stage.events.indexOf('2 begins'));
  });

  test('hold a person’s taps behind the person’s messages', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    await Promise.all([message(1, 7), tap(2, 7, 'place:5'), tap(3, 8, 'place:6')].map(intake.receive));
    await stage.until('3 ends');
    expect(stage.events).not.toContain('2 begins');
    release();
    await stage.until('2 ends');
  });

  test('are passed by a pre-checkout and by Cancel, tapped or typed, whatever runs and waits', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage, { settings: { concurrency: 1 } });
    await intake.receive(message(1, 7));
    const urgent = [preCheckout(3, 7), tap(4, 7, 'cancel:5'), message(5, 7, '/cancel')];
    await Promise.all([message(2, 7), ...urgent].map(intake.receive));
    await Promise.all([stage.until('3 ends'), stage.until('4 ends'), stage.until('5 ends')]);
    expect(stage.events).not.toContain('2 begins');
    release();
    await stage.until('2 ends');
  });

  test('let one person run only a few cancellations past them', async () => {
    const stage = createStage();
    const releases = [1, 2, 3, 4, 5].map((id) => stage.hold(id));
    const intake = await scene.started(stage, { settings: { concurrency: 1 } });
    await Promise.all([1, 2, 3, 4, 5].map((id) => intake.receive(tap(id, 7, 'cancel:5'))));
    await Promise.all([1, 2, 3, 4].map((id) => stage.until(`${id} begins`)));
    // Three past every lane, and one in the person's own, which takes the only place.
    expect(stage.events).toEqual(['1 begins', '2 begins', '3 begins', '4 begins']);
    for (const release of releases) release();
    await stage.until('5 ends');
  });

  test('run no more chats at once than allowed, but a pre-checkout comes on top', async () => {
    const stage = createStage();
    const releases = [1, 2, 3].map((id) => stage.hold(id));
    const intake = await scene.started(stage, { settings: { concurrency: 2 } });
    await Promise.all([1, 2, 3].map((id) => intake.receive(message(id, id))));
    await intake.receive(preCheckout(4, 9));
    await stage.until('4 ends');
    expect(stage.events).toEqual(['1 begins', '2 begins', '4 begins', '4 ends']);
    for (const release of releases) release();
    await stage.until('3 ends');
  });

  test('give every chat its turn when one chat sends a lot', async () => {
    const stage = createStage();
    const intake = await scene.started(stage, { settings: { concurrency: 1 } });
    const flood = [1, 2, 3, 4].map((id) => message(id, 7));
    await Promise.all([...flood, message(5, 8)].map(intake.receive));
    await Promise.all([stage.until('4 ends'), stage.until('5 ends')]);
    expect(stage.events.indexOf('5 begins')).toBeLessThan(stage.events.indexOf('2 begins'));
  });
});

describe('room', () => {
  test('for no more updates than allowed is kept, except for a pre-checkout', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage, { settings: { capacity: 2 } });
    await Promise.all([intake.receive(message(1, 7)), intake.receive(message(2, 7))]);
    expect(await intake.receive(message(3, 7))).toBe('busy');
    expect(await intake.receive(preCheckout(4, 9))).toBe('stored');
    expect(intake.statistics()).toMatchObject({ waiting: 1 });
    release();
    await stage.until('2 ends');
    await intake.drain(1000);
    expect(await scene.states()).toEqual({ 1: 'done', 2: 'done', 4: 'done' });
  });

  test('is kept for others when one chat sends more than its share, and all of it is handled in order', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage, { settings: { capacity: 10, laneCapacity: 4 } });
    for (let id = 1; id <= 30; id++) expect(await intake.receive(message(id, 7))).toBe('stored');
    expect(await intake.receive(message(31, 8))).toBe('stored');
    await stage.until('31 ends');
    expect(intake.statistics()).toMatchObject({ waiting: 4, inFlight: 1 });
    release();
    await stage.until('30 ends');
    const flood = stage.events.filter((event) => event.endsWith('begins') && event !== '31 begins');
    expect(flood).toEqual(Array.from({ length: 30 }, (_, index) => `${index + 1} begins`));
  });

  test('is all there again after ten thousand updates, and memory too', async () => {
    const stage = createStage();
    const heapBefore = collectedHeap();
    const all = Promise.withResolvers<void>();
    let handled = 0;
    const intake = await scene.started({
      ...stage,
      handle: async () => {
        handled += 1;
        if (handled === 10_000) all.resolve();
      },
    });
    let next = 1;
    const send = async () => {
      while (next <= 10_000) {
        const update = message(next++, next % 700);
        // Busy: Telegram would come again; here the next turn of the event loop is soon enough.
        while ((await intake.receive(update)) === 'busy') await new Promise(setImmediate);
      }
    };
    await Promise.all(Array.from({ length: 100 }, send));
    await all.promise;
    await intake.drain(5000);
    expect(intake.statistics()).toEqual({
      handled: 10_000,
      failed: 0,
      repeated: 0,
      waiting: 0,
      inFlight: 0,
      oldestWaitingMs: null,
    });
    // An update that stayed behind somewhere would be a kilobyte or more.
    expect(collectedHeap() - heapBefore).toBeLessThan(5_000_000);
    expect(new Set(Object.values(await scene.states()))).toEqual(new Set(['done']));
  });
});
