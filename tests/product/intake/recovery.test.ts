import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { telegramUpdates } from '../../../src/database/schema/index.ts';
import type { Intake } from '../../../src/intake/create-intake.ts';
import { openTestDatabase } from '../../support/database.ts';
import { createMemoryLog, createScene, createStage, message, preCheckout, type Stage, tap } from './scene.ts';

let database: DatabaseHandle;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = createScene(database.db);
});
afterEach(() => scene.clear());
afterAll(() => database.close());

const PATIENCE = { timeout: 30_000, interval: 5 };

const begun = (stage: Stage) => stage.events.filter((event) => event.endsWith('begins'));

describe('what a process left behind', () => {
  test('between writing and handling is handled once by the next one, in order', async () => {
    const crashed = createStage();
    crashed.hold(1);
    // It never looks around again, like a process that is gone.
    const before = await scene.started(crashed, { settings: { beatMs: 3_600_000 } });
    await Promise.all([message(1, 7), message(2, 7), message(3, 7)].map(before.receive));
    await scene.die((await scene.row(1)).owner);

    const stage = createStage();
    const next = await scene.started(stage);
    await stage.until('3 ends');
    await next.drain(1000);
    expect(begun(stage)).toEqual(['1 begins', '2 begins', '3 begins']);
    expect(await scene.row(1)).toMatchObject({ state: 'done', deaths: 1 });
    expect(await scene.row(2)).toMatchObject({ state: 'done', deaths: 0 });
  });

  test('belongs to nobody else while its process says that it is alive, and what the chat sends waits behind it', async () => {
    await scene.process('another process');
    await scene.leave(message(1, 7), { lane: 7, owner: 'another process' });
    const stage = createStage();
    const intake = await scene.started(stage);
    await intake.receive(message(2, 7));
    expect((await scene.row(2)).owner).toBeNull();
    // The look around that finds this one has seen the two before it as well.
    await scene.leave(message(3, 8), { lane: 8, owner: null });
    await stage.until('3 ends');
    expect(begun(stage)).toEqual(['3 begins']);

    await scene.process('another process', { silentSeconds: 11 });
    await stage.until('2 ends');
    expect(begun(stage)).toEqual(['3 begins', '1 begins', '2 begins']);
    expect(await scene.processes()).not.toContain('another process');
  });

  test('is left alone while a handler that had begun may still run, and what had not begun is not', async () => {
    await scene.leave(message(1, 7), { lane: 7, owner: 'frozen', handledForSeconds: 30 });
    await scene.leave(message(2, 7), { lane: 7, owner: 'frozen' });
    await scene.leave(message(3, 8), { lane: 8, owner: 'frozen' });
    const stage = createStage();
    await scene.started(stage);
    await stage.until('3 ends');
    expect(begun(stage)).toEqual(['3 begins']);

    await scene.die('frozen');
    await stage.until('2 ends');
    expect(begun(stage)).toEqual(['3 begins', '1 begins', '2 begins']);
  });

  test('is taken over at once by the only process that there can be', async () => {
    await scene.leave(message(1, 7), { lane: 7, owner: 'killed', handledForSeconds: 30 });
    const stage = createStage();
    await scene.started(stage, { onlyProcess: true });
    await stage.until('1 ends');
  });

  test('is passed by a pre-checkout and a tap on Cancel of the same chat', async () => {
    await scene.process('another process');
    await scene.leave(message(1, 7), { lane: 7, owner: 'another process' });
    const stage = createStage();
    const intake = await scene.started(stage);
    await Promise.all([preCheckout(2, 7), tap(3, 7, 'cancel:5')].map(intake.receive));
    await Promise.all([stage.until('2 ends'), stage.until('3 ends')]);
  });

  test('is taken over in bounded groups, however much it is', async () => {
    for (let id = 1; id <= 30; id++) {
      await scene.leave(message(id, id % 3), { lane: id % 3, owner: 'dead' });
    }
    const stage = createStage();
    let most = 0;
    const intake = await scene.started(
      {
        ...stage,
        handle: async (update, signal) => {
          const { waiting, inFlight } = intake.statistics();
          most = Math.max(most, waiting + inFlight);
          await stage.handle(update, signal);
        },
      },
      { settings: { capacity: 10 } },
    );
    await Promise.all([28, 29, 30].map((id) => stage.until(`${id} ends`)));
    expect(stage.events.filter((event) => event.endsWith('ends'))).toHaveLength(30);
    expect(most).toBeLessThanOrEqual(10);
    for (const lane of [0, 1, 2]) {
      const order = begun(stage).map((event) => Number.parseInt(event, 10));
      const ofLane = order.filter((id) => id % 3 === lane);
      expect(ofLane).toEqual(ofLane.toSorted((a, b) => a - b));
    }
  });

  test('is let go when it is a tap or a checkout that Telegram no longer takes an answer to', async () => {
    const old = { owner: 'dead', ageSeconds: 200 };
    await scene.leave(tap(1, 7, 'place:5'), { lane: 7, ...old });
    await scene.leave(preCheckout(2, 7), { lane: 2 ** 52 + 2, ...old });
    await scene.leave(message(3, 7), { lane: 7, ...old });
    await scene.leave(tap(4, 7, 'place:5'), { lane: 7, ...old, ageSeconds: 100 });
    const stage = createStage();
    const intake = await scene.started(stage);
    await stage.until('4 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['3 begins', '3 ends', '4 begins', '4 ends']);
    expect(await scene.states()).toEqual({ 1: 'done', 2: 'done', 3: 'done', 4: 'done' });
  });

  test('is apologised for instead of handled once it has killed too many processes', async () => {
    const dead = { lane: 7, owner: 'dead' };
    await scene.leave(message(1, 7), { ...dead, deaths: 5 });
    await scene.leave(message(2, 7), { ...dead, deaths: 4 });
    const stage = createStage();
    const intake = await scene.started(stage, { settings: { maxDeaths: 5 } });
    await stage.until('2 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['sorry for 1', '2 begins', '2 ends']);
    expect(await scene.states()).toEqual({ 1: 'dead', 2: 'done' });
  });

  test('is found too when it was this process that wrote it and never got the answer', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7));
    const { owner } = await scene.row(1);
    const restore = await scene.breakInbox();
    await expect(intake.receive(message(2, 8))).rejects.toThrow();
    // As if the statement had been carried out all the same.
    await database.db.execute(sql`insert into telegram_updates_away (update_id, lane, payload, owner)
      values (2, 8, ${JSON.stringify(message(2, 8))}::text::jsonb, ${owner})`);
    await restore();
    await stage.until('2 ends');
    release();
    await stage.until('1 ends');
    expect(begun(stage)).toEqual(['1 begins', '2 begins']);
  });
});

describe('several processes on one database', () => {
  test('handle each update once and keep every chat in order', async () => {
    const stage = createStage();
    const busyChats = new Set<number>();
    const played = {
      ...stage,
      async handle(update: Parameters<Stage['handle']>[0], signal: AbortSignal) {
        const chat = update.message?.chat.id ?? 0;
        expect(busyChats.has(chat)).toBe(false);
        busyChats.add(chat);
        await new Promise(setImmediate);
        await stage.handle(update, signal);
        busyChats.delete(chat);
      },
    };
    const started = [1, 2, 3].map(() => scene.started(played));
    const processes = (await Promise.all(started)) as [Intake, Intake, Intake];
    const chats = Array.from({ length: 10 }, (_, chat) => chat + 1);
    // As Telegram does: the next update of a chat goes out when the one before was confirmed, to any process.
    await Promise.all(
      chats.map(async (chat) => {
        for (let turn = 0; turn < 20; turn++) {
          const update = message(turn * 10 + chat, chat);
          await pick(processes, turn * 7 + chat).receive(update);
          if (turn % 5 === 0) await pick(processes, turn + 1).receive(update);
        }
      }),
    );
    await Promise.all(chats.map((chat) => stage.until(`${190 + chat} ends`)));
    expect(stage.events.filter((event) => event.startsWith('sorry'))).toEqual([]);
    expect(begun(stage)).toHaveLength(200);
    for (const chat of chats) {
      const order = begun(stage).map((event) => Number.parseInt(event, 10));
      const ofChat = order.filter((id) => id % 10 === chat % 10);
      expect(ofChat).toEqual(Array.from({ length: 20 }, (_, turn) => turn * 10 + chat));
    }
  });

  test('never take the same update over twice', async () => {
    for (let id = 1; id <= 60; id++) {
      await scene.leave(message(id, id % 20), { lane: id % 20, owner: 'dead' });
    }
    const stage = createStage();
    await Promise.all([1, 2, 3].map(() => scene.started(stage, { settings: { capacity: 10 } })));
    await Promise.all(Array.from({ length: 60 }, (_, index) => stage.until(`${index + 1} ends`)));
    expect(begun(stage)).toHaveLength(60);
  });

  test('that could not say that it is alive aborts its handlers, begins none, and goes on when it can', async () => {
    const stage = createStage();
    let turns = 0;
    stage.play(1, (signal) => (++turns === 1 ? untilAborted(signal) : Promise.resolve()));
    const { log, until } = createMemoryLog();
    const intake = await scene.started(stage, { log, settings: { lateMs: 200 } });
    await Promise.all([message(1, 7), message(2, 7)].map(intake.receive));
    const restore = await scene.breakProcesses();
    await until('this process could not say that it is alive: it handles no updates until it can');
    await stage.until('1 fails');
    await restore();
    await stage.until('2 ends');
    expect(stage.events).toEqual(['1 begins', '1 fails', '1 begins', '1 ends', '2 begins', '2 ends']);
    expect(await scene.row(1)).toMatchObject({ deaths: 0, failures: 0 });
  });

  test('that was taken for dead changes nothing of what it held, and begins anew', async () => {
    const stage = createStage();
    let turns = 0;
    // Whichever process gets it next: the other one, or this one in its next life.
    stage.play(1, (signal) => (++turns === 1 ? untilAborted(signal) : Promise.resolve()));
    const { log, until } = createMemoryLog();
    const zombie = await scene.started(stage, { log });
    await Promise.all([message(1, 7), message(2, 7), message(3, 7)].map(zombie.receive));
    await stage.until('1 begins');
    await scene.started(stage);
    const { owner } = await scene.row(1);
    // It is told that it counts as dead before the time of its handler is over, as the clock would have it.
    await scene.forget(owner);
    await until('another process took this one for dead and has its updates: this one begins anew');
    await stage.until('1 fails');
    await scene.die(owner);
    await stage.until('3 ends');
    // Between its two lives it takes nothing in, and Telegram sends it again.
    while ((await zombie.receive(message(4, 9))) === 'busy') await new Promise(setImmediate);
    await stage.until('4 ends');
    expect(begun(stage)).toEqual(['1 begins', '1 begins', '2 begins', '3 begins', '4 begins']);
    expect(stage.events.indexOf('1 fails')).toBeLessThan(stage.events.indexOf('2 begins'));
    expect(await scene.row(1)).toMatchObject({ deaths: 1, failures: 0 });
    expect(await scene.processes()).not.toContain(owner);
  });

  test('do not poll side by side: the second waits until the first ends, and takes over what it left', async () => {
    const [first, second] = [createStage(), createStage()];
    const calls = (name: string) => ({
      deleteWebhook: async () => true,
      getUpdates: async (_params: unknown, signal: AbortSignal) => {
        polls.push(name);
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        return [];
      },
    });
    const polls: string[] = [];
    const { log, until } = createMemoryLog();
    const one = await scene.started(first, { source: { kind: 'polling', calls: calls('first') } });
    await turnUntil(() => polls.includes('first'));
    const two = scene.intake(second, { source: { kind: 'polling', calls: calls('second') }, log });
    const started = two.start();
    await until('another process polls for this bot, or did a moment ago: this one waits for its end');
    expect(polls).not.toContain('second');
    // Drained, it may still work on what it took in.
    await one.drain(0);
    const firstPolls = polls.length;
    await scene.beats();
    expect(polls).not.toContain('second');
    await one.resign();
    await started;
    await turnUntil(() => polls.includes('second'));
    expect(polls.slice(firstPolls)).not.toContain('first');
  });
});

describe('a drain', () => {
  test('lets what runs end, and leaves the rest to the next start', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    await Promise.all([message(1, 7), message(2, 7), message(3, 7)].map(intake.receive));
    const drained = intake.drain(60_000);
    expect(await intake.receive(message(4, 8))).toBe('busy');
    release();
    await drained;
    expect(stage.events).toEqual(['1 begins', '1 ends']);
    expect(await scene.states()).toEqual({ 1: 'done', 2: 'waiting', 3: 'waiting' });
    expect(await scene.row(2)).toMatchObject({ owner: null, handledUntil: null });

    const next = createStage();
    await scene.started(next);
    await next.until('3 ends');
    expect(begun(next)).toEqual(['2 begins', '3 begins']);
    expect((await scene.row(2)).deaths).toBe(0);
  });

  test('aborts what runs when the grace is over, and apologises to nobody for it', async () => {
    const stage = createStage();
    stage.play(1, untilAborted);
    const { log, lines } = createMemoryLog();
    const intake = await scene.started(stage, { log });
    await intake.receive(message(1, 7));
    await intake.drain(1);
    expect(stage.events).toEqual(['1 begins', '1 fails']);
    // Above the word that it takes updates in.
    expect(lines.filter(({ level }) => level > 30)).toEqual([]);
    expect(await scene.row(1)).toMatchObject({ state: 'waiting', owner: null });
  });

  test('ends also when the database does not take what was handled', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7));
    const restore = await scene.breakInbox();
    release();
    await stage.until('1 ends');
    await intake.drain(1000);
    await restore();
    expect(await scene.states()).toEqual({ 1: 'waiting' });
  });
});

describe('the database going away', () => {
  test('loses no record: what was handled meanwhile is written down when it is back', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7));
    const restore = await scene.breakInbox();
    release();
    await stage.until('1 ends');
    await restore();
    await intake.drain(1000);
    expect(await scene.states()).toEqual({ 1: 'done' });
  });
});

describe('the sweep of old rows', () => {
  test('takes what is finished and older than a day, the dead after a week, and nothing that waits', async () => {
    const intake: Intake = scene.intake(createStage());
    const now = new Date('2026-11-20T12:00:00Z');
    const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
    const rows = Array.from({ length: 2500 }, (_, id) => ({
      updateId: id,
      lane: 7,
      state: 'done' as const,
      receivedAt: hoursAgo(25),
    }));
    rows.push({ updateId: 3000, lane: 7, state: 'done', receivedAt: hoursAgo(23) });
    await database.db.insert(telegramUpdates).values(rows);
    await database.db.insert(telegramUpdates).values([
      { updateId: 3001, lane: 7, state: 'dead', receivedAt: hoursAgo(8 * 24) },
      { updateId: 3003, lane: 7, state: 'dead', receivedAt: hoursAgo(6 * 24) },
      { updateId: 3002, lane: 7, state: 'waiting', receivedAt: hoursAgo(25) },
    ]);
    expect(await intake.sweepOld(now)).toBe(2501);
    expect(await scene.states()).toEqual({ 3000: 'done', 3002: 'waiting', 3003: 'dead' });
  });
});

/** A handler that obeys its signal and nothing else. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

/** Lets the event loop turn until it is so. */
async function turnUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

function pick<T>(from: readonly [T, ...T[]], index: number): T {
  return from[index % from.length] ?? from[0];
}

test('a process knows whether another one takes updates in beside it', async () => {
  const intake = await scene.started(createStage());
  await vi.waitUntil(intake.isAlone, PATIENCE);
  await scene.process('another process');
  await vi.waitUntil(() => !intake.isAlone(), PATIENCE);
  await scene.process('another process', { silentSeconds: 11 });
  await vi.waitUntil(intake.isAlone, PATIENCE);
  await intake.drain(1000);
});
