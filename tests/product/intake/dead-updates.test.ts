import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { readDeadUpdates, retryDeadUpdate } from '../../../src/support/dead-updates.ts';
import { openTestDatabase } from '../../support/database.ts';
import { createScene, createStage, message, tap } from './scene.ts';

let database: DatabaseHandle;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  database = await openTestDatabase();
  scene = createScene(database.db);
});
afterEach(() => scene.clear());
afterAll(() => database.close());

/** A stage on which the update fails as often as `times`, and then succeeds. */
function failing(updateId: number, times: number) {
  const stage = createStage();
  let left = times;
  stage.play(updateId, async () => {
    left -= 1;
    if (left >= 0) throw new TypeError('a defect');
  });
  return stage;
}

describe('an update that was given up', () => {
  test('can be looked at, the longest waiting first, with what was said and why', async () => {
    const stage = failing(1, 1);
    stage.play(2, async () => {
      throw new TypeError('a defect');
    });
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7, 'is it <ready>?'));
    await intake.receive(tap(2, 8, 'place:5'));
    await Promise.all([stage.until('sorry for 1'), stage.until('sorry for 2')]);
    await intake.drain(1000);
    expect(await readDeadUpdates(database.db, { limit: 10, offset: 0 })).toMatchObject({
      total: 2,
      updates: [
        { updateId: 1, chatId: 7, kind: 'message', said: 'is it <ready>?', failures: 1, deaths: 0 },
        { updateId: 2, chatId: 8, kind: 'callback_query', said: 'place:5', failures: 1, deaths: 0 },
      ],
    });
    expect((await readDeadUpdates(database.db, { limit: 1, offset: 0 })).updates).toHaveLength(1);
  });

  test('is tried again by the process that runs, once however often it is asked for, and is gone when it succeeds', async () => {
    const stage = failing(1, 1);
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7));
    await stage.until('sorry for 1');
    await scene.untilState(1, 'dead');
    const asked = await Promise.all(
      [1, 2, 3].map(() => retryDeadUpdate(database.db, { by: 7, updateId: 1 })),
    );
    expect(asked.filter(Boolean)).toHaveLength(1);
    await stage.until('1 ends');
    await intake.drain(1000);
    expect(stage.events).toEqual(['1 begins', '1 fails', 'sorry for 1', '1 begins', '1 ends']);
    expect(await readDeadUpdates(database.db, { limit: 10, offset: 0 })).toEqual({ total: 0, updates: [] });
    expect(await retryDeadUpdate(database.db, { by: 7, updateId: 1 })).toBe(false);
  });

  test('that fails again stands there again, and says how often', async () => {
    const stage = failing(1, 2);
    const intake = await scene.started(stage);
    await intake.receive(message(1, 7));
    await scene.untilState(1, 'dead');
    expect(await retryDeadUpdate(database.db, { by: 7, updateId: 1 })).toBe(true);
    await scene.untilState(1, 'dead', { failures: 2 });
    await intake.drain(1000);
    expect((await readDeadUpdates(database.db, { limit: 10, offset: 0 })).updates).toMatchObject([
      { updateId: 1, failures: 2 },
    ]);
  });
});
