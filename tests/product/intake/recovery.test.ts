import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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

const begun = (stage: Stage) => stage.events.filter((event) => event.endsWith('begins'));

describe('what a process left behind', () => {
  test('between writing and handling is handled once by the next one, in order', async () => {
    const crashed = createStage();
    crashed.hold(1);
    const before = scene.intake(crashed);
    await Promise.all([message(1, 7), message(2, 7), message(3, 7)].map(before.receive));
    await scene.expire(1, 2, 3);

    const stage = createStage();
    const next = scene.intake(stage);
    next.start();
    await stage.until('3 ends');
    await next.drain(1000);
    expect(begun(stage)).toEqual(['1 begins', '2 begins', '3 begins']);
    expect(await scene.row(1)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('belongs to nobody else while its lease lasts, and what the chat sends meanwhile waits behind it', async () => {
    await scene.leave(message(1, 7), { lane: 7, owner: 'another process', leaseSeconds: 60 });
    const stage = createStage();
    const intake = scene.intake(stage);
    intake.start();
    await intake.receive(message(2, 7));
    expect((await scene.row(2)).owner).toBeNull();
    // The look around that finds this one has seen the two before it as well.
    await scene.leave(message(3, 8), { lane: 8, owner: null, leaseSeconds: 0 });
    await stage.until('3 ends');
    expect(begun(stage)).toEqual(['3 begins']);

    await scene.expire(1);
    await stage.until('2 ends');
    expect(begun(stage)).toEqual(['3 begins', '1 begins', '2 begins']);
  });

  test('is passed by a pre-checkout and a tap on Cancel of the same chat', async () => {
    await scene.leave(message(1, 7), { lane: 7, owner: 'another process', leaseSeconds: 60 });
    const stage = createStage();
    const intake = scene.intake(stage);
    await Promise.all([preCheckout(2, 7), tap(3, 7, 'cancel:5')].map(intake.receive));
    await Promise.all([stage.until('2 ends'), stage.until('3 ends')]);
  });

  test('is taken over in bounded groups, however much it is', async () => {
    for (let id = 1; id <= 30; id++) {
      await scene.leave(message(id, id % 3), { lane: id % 3, owner: 'dead', leaseSeconds: -1 });
    }
    const stage = createStage();
    let most = 0;
    const intake = scene.intake(
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
    intake.start();
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
    const old = { owner: 'dead', leaseSeconds: -1, ageSeconds: 200 };
    await scene.leave(tap(1, 7, 'place:5'), { lane: 7, ...old });
    await scene.leave(preCheckout(2, 7), { lane: 2 ** 52 + 2, ...old });
    await scene.leave(message(3, 7), { lane: 7, ...old });
    await scene.leave(tap(4, 7, 'place:5'), { lane: 7, ...old, ageSeconds: 100 });
    const stage = createStage();
    const intake = scene.intake(stage);
    intake.start();
    await stage.until('4 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['3 begins', '3 ends', '4 begins', '4 ends']);
    expect(await scene.states()).toEqual({ 1: 'done', 2: 'done', 3: 'done', 4: 'done' });
  });

  test('is apologised for instead of handled once it has killed too many processes', async () => {
    const dead = { lane: 7, owner: 'dead', leaseSeconds: -1 };
    await scene.leave(message(1, 7), { ...dead, attempts: 4 });
    await scene.leave(message(2, 7), { ...dead, attempts: 3 });
    const stage = createStage();
    const intake = scene.intake(stage, { settings: { maxDeaths: 5 } });
    intake.start();
    await stage.until('2 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['sorry for 1', '2 begins', '2 ends']);
    expect(await scene.states()).toEqual({ 1: 'dead', 2: 'done' });
  });

  test('is found too when it was this process that wrote it and never got the answer', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = scene.intake(stage);
    await intake.receive(message(1, 7));
    const { owner } = await scene.row(1);
    await scene.leave(message(2, 8), { lane: 8, owner, leaseSeconds: 60 });
    intake.start();
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
    const processes = [scene.intake(played), scene.intake(played), scene.intake(played)] as const;
    for (const intake of processes) intake.start();
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
      await scene.leave(message(id, id % 20), { lane: id % 20, owner: 'dead', leaseSeconds: -1 });
    }
    const stage = createStage();
    for (let process = 0; process < 3; process++) scene.intake(stage, { settings: { capacity: 10 } }).start();
    await Promise.all(Array.from({ length: 60 }, (_, index) => stage.until(`${index + 1} ends`)));
    expect(begun(stage)).toHaveLength(60);
  });

  test('leave alone what was taken from them while they were frozen, and what stands behind it', async () => {
    const frozen = createStage();
    const releaseFrozen = frozen.hold(1);
    const { log, until } = createMemoryLog();
    // With so long a deadline no lease outlasts it: each is asked about before its update is handled.
    const zombie = scene.intake(frozen, { settings: { handlerDeadlineMs: 60_000 }, log });
    await Promise.all([message(1, 7), message(2, 7), message(3, 7)].map(zombie.receive));
    await frozen.until('1 begins');
    await scene.expire(1);

    const stage = createStage();
    const release = stage.hold(1);
    const alive = scene.intake(stage);
    alive.start();
    await stage.until('1 begins');
    releaseFrozen();
    await until('updates that waited here for too long were left to another process');
    expect(await scene.row(1)).toMatchObject({ state: 'waiting' });
    release();
    await stage.until('3 ends');
    await zombie.drain(1000);
    expect(begun(frozen)).toEqual(['1 begins']);
    expect(begun(stage)).toEqual(['1 begins', '2 begins', '3 begins']);
  });
});

describe('a drain', () => {
  test('lets what runs end, and leaves the rest to the next start', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = scene.intake(stage);
    await Promise.all([message(1, 7), message(2, 7), message(3, 7)].map(intake.receive));
    const drained = intake.drain(60_000);
    expect(await intake.receive(message(4, 8))).toBe('busy');
    release();
    await drained;
    expect(stage.events).toEqual(['1 begins', '1 ends']);
    expect(await scene.states()).toEqual({ 1: 'done', 2: 'waiting', 3: 'waiting' });
    expect(await scene.row(2)).toMatchObject({ owner: null, leaseUntil: null });

    const next = createStage();
    scene.intake(next).start();
    await next.until('3 ends');
    expect(begun(next)).toEqual(['2 begins', '3 begins']);
    expect((await scene.row(2)).attempts).toBe(0);
  });

  test('aborts what runs when the grace is over, and apologises to nobody for it', async () => {
    const stage = createStage();
    stage.play(
      1,
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const { log, lines } = createMemoryLog();
    const intake = scene.intake(stage, { log });
    await intake.receive(message(1, 7));
    await intake.drain(1);
    expect(stage.events).toEqual(['1 begins', '1 fails']);
    expect(lines).toEqual([]);
    expect(await scene.row(1)).toMatchObject({ state: 'waiting', owner: null });
  });

  test('ends also when the database does not take what was handled', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const intake = scene.intake(stage);
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
    const intake = scene.intake(stage);
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
  test('takes all that is finished and older than a day, and nothing that waits', async () => {
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
      { updateId: 3001, lane: 7, state: 'dead', receivedAt: hoursAgo(25) },
      { updateId: 3002, lane: 7, state: 'waiting', receivedAt: hoursAgo(25) },
    ]);
    expect(await intake.sweepOld(now)).toBe(2501);
    expect(await scene.states()).toEqual({ 3000: 'done', 3002: 'waiting' });
  });
});

function pick<T>(from: readonly [T, ...T[]], index: number): T {
  return from[index % from.length] ?? from[0];
}
