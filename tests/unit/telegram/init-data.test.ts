/** What Telegram tells a Mini App: believed only where Telegram has signed it for this bot, and for an hour. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { initDataKey, readInitData } from '../../../src/telegram/init-data.ts';

const TOKEN = '123456:a-bot-of-the-tests';
const KEY = initDataKey(TOKEN);
const NOW = new Date('2026-11-26T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const ADA = {
  auth_date: String(SECONDS),
  query_id: 'AAH',
  user: JSON.stringify({ id: 7, first_name: 'Ada & co' }),
};

function sign(fields: Record<string, string>, token = TOKEN): string {
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  return new URLSearchParams({
    ...fields,
    hash: createHmac('sha256', key).update(text).digest('hex'),
  }).toString();
}

test('data that Telegram has signed says who it is', () => {
  expect(readInitData(sign(ADA), KEY, NOW)).toEqual({
    userId: 7,
    signature: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('the signature that Telegram adds for third parties is part of what is signed', () => {
  expect(readInitData(sign({ ...ADA, signature: 'abc' }), KEY, NOW)).toMatchObject({ userId: 7 });
  expect(readInitData(`${sign(ADA)}&signature=abc`, KEY, NOW)).toBeNull();
});

test.each([
  ['of another bot', sign(ADA, '654321:another')],
  ['with another person in it', sign(ADA).replace('7', '8')],
  ['without a signature', new URLSearchParams(ADA).toString()],
  ['with half a signature', sign(ADA).slice(0, -32)],
  ['with a field that is there twice', `${sign(ADA)}&user=${encodeURIComponent('{"id":8}')}`],
  ['of nobody', sign({ auth_date: ADA.auth_date })],
  ['with a person who is no person', sign({ ...ADA, user: '{"id":"7"}' })],
  ['with a person that is no JSON', sign({ ...ADA, user: '{' })],
  ['without a time', sign({ user: ADA.user })],
  ['with a time that is none', sign({ ...ADA, auth_date: 'now' })],
  ['that is empty', ''],
])('data %s is not believed', (_what, text) => {
  expect(readInitData(text, KEY, NOW)).toBeNull();
});

test('counts for an hour, and not before its time beyond what clocks differ by', () => {
  const at = (seconds: number) =>
    readInitData(sign({ ...ADA, auth_date: String(SECONDS + seconds) }), KEY, NOW);
  expect(at(-3600)).not.toBeNull();
  expect(at(-3601)).toBeNull();
  expect(at(60)).not.toBeNull();
  expect(at(61)).toBeNull();
});
