/** What whoever looks after the process asks it over HTTP. */
import { expect, test, vi } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { ask, botMessages, tap, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';
import { GIVEN_UP } from '../support/tidy.ts';

const scene = playScene({}, { expected: GIVEN_UP });

test('a running bot says of each of its parts that it is well', async () => {
  const answer = await fetch(`${scene.app.url}/health`);
  expect(answer.status).toBe(200);
  const well = { status: 'ok' };
  expect(await answer.json()).toEqual({
    ...well,
    services: {
      database: well,
      telegram: well,
      intake: well,
      queue: well,
      provider: well,
      selling: well,
      cache: well,
      limits: well,
    },
    rate_limiting: { active_users: 0, user_limit: '1000 requests per 60s' },
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

test('of an update that is given up the admins hear its kind and its fault, once, and none of its words', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', textsOf(admin)('start-sample'));
  const person = seller(scene, 'en');
  await ask(person, '/start', textsOf(person)('start-sample'));
  // The answer and the apology.
  scene.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'refusal', status: 400, times: 2 });
  person.sendText('/support');
  const told = await waitForText(admin, /is given up/);
  expect(textOf(told)).toMatch(/message \d+: TelegramRefused 400/);
  expect(textOf(told)).not.toContain('support');
  await ask(person, '/balance', /credits/i);
  expect(botMessages(admin).filter((message) => /is given up/.test(textOf(message)))).toHaveLength(1);
  // Its end is written down with those of others, a moment later.
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${scene.app.url}/health`);
      expect(await answer.json()).toMatchObject({ status: 'ok', deadUpdates: 1 });
    },
    { timeout: 30_000, interval: 50 },
  );

  // What was wrong is over: an owner has it tried again, and the person is answered after all.
  const t = textsOf(admin);
  const list = await ask(admin, '/failed', t('failed-title', { count: 1 }));
  expect(textOf(list)).toContain('/support');
  const [retry] = buttons(list);
  if (retry === undefined) throw new Error('the list has no key');
  expect(await tap(admin, retry)).toMatchObject({ text: t('retry-begun') });
  await waitForText(person, textsOf(person)('support-ask'));
  await waitForText(admin, t('failed-none'));
  // The key is gone; a tap that was on its way finds nothing.
  const data = `retry:${/#(\d+)/.exec(retry)?.[1]}`;
  expect(await tap(admin, { data })).toMatchObject({ text: t('retry-gone') });
});
