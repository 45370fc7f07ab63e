/** What whoever looks after the process asks it over HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scene, startScene } from '../support/running-app.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

test('a running bot says of each of its parts that it is well', async () => {
  const answer = await fetch(`${scene.app.url}/health`);
  expect(answer.status).toBe(200);
  const well = { status: 'ok' };
  expect(await answer.json()).toEqual({
    ...well,
    services: { database: well, intake: well, queue: well, provider: well, selling: well },
    selling: { on: true, reasons: [] },
    openCircuits: [],
    deadUpdates: 0,
    oldestUpdateMs: null,
    oldestJobMs: null,
  });
});

test('a running bot says that it is alive', async () => {
  const answer = await fetch(`${scene.app.url}/api/health/live`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'ok' });
});
