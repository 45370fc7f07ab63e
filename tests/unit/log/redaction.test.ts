/** What a line of the log never shows, wherever it came from. */
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { hearLog } from '../../support/heard-log.ts';

/** None of them looks like a secret, but for the token. */
const SECRETS = {
  BOT_TOKEN: '123456:AAbbccddeeffgghhiijjkkllmmnnoopp',
  OPENAI_API_KEY: 'plain-key-of-another-maker',
  SECOND_KEY: 'second/key+of=somebody',
  WEBHOOK_SECRET: 'webhook-secret-000111',
  PAYMENT_PROVIDER_TOKEN: '381764678:TEST:40209',
  METRIKA_TOKEN: 'y0_metrika"token\\',
};
const PASSWORD = 'p@ss w/rd"';
const ENVIRONMENT = {
  ...SECRETS,
  AI_PROVIDERS: '{"other": {"baseURL": "https://x.test/v1", "apiKeyEnv": "SECOND_KEY"}}',
  PUBLIC_URL: 'https://shop.test',
  METRIKA_COUNTER_ID: '123',
  DATABASE_URL: `postgres://vitrine:${encodeURIComponent(PASSWORD)}@db.test:5432/shop`,
  HTTPS_PROXY: 'http://me:proxy-password@proxy.test:3128',
};
const VALUES = Object.entries({ ...SECRETS, DATABASE_URL: PASSWORD, HTTPS_PROXY: 'proxy-password' });

function hear() {
  return hearLog('trace', parseConfig(ENVIRONMENT).log.secrets);
}

/** Every text of a line, as it was before it became JSON. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

const WAYS: readonly [string, (secret: string) => [object, string]][] = [
  ['the message', (secret) => [{}, `it said ${secret} to us`]],
  ['a field', (secret) => [{ answer: secret }, 'told']],
  [
    'a field of an object within a list',
    (secret) => [{ calls: [{ headers: { key: `x${secret}y` } }] }, 'told'],
  ],
  ['the name of a field', (secret) => [{ seen: { [secret]: 1 } }, 'told']],
  ['an error', (secret) => [{ err: new Error(`refused ${secret}`) }, 'told']],
  [
    'the cause of a cause of an error',
    (secret) => [
      { err: new Error('a', { cause: new Error('b', { cause: new Error(`c ${secret}`) }) }) },
      'told',
    ],
  ],
  ['an address', (secret) => [{ url: `https://x.test/?key=${encodeURIComponent(secret)}&a=1` }, 'told']],
  ['a form', (secret) => [{ body: new URLSearchParams({ key: secret }).toString() }, 'told']],
  ['JSON within a text', (secret) => [{ body: JSON.stringify({ key: secret }) }, 'told']],
];

describe.each(WAYS)('in %s', (_way, entryOf) => {
  test.each(VALUES)('the value of %s is not shown', (_name, secret) => {
    const { log, lines } = hear();
    log.info(...entryOf(secret));
    const texts = textsIn(JSON.parse(lines.join('')));
    const spellings = [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ '': secret }).toString().slice(1),
    ];
    for (const spelling of [...spellings, JSON.stringify(secret).slice(1, -1)]) {
      expect(texts.filter((text) => text.includes(spelling))).toEqual([]);
    }
  });
});

test('what a child says of every line is redacted as well', () => {
  const { log, lines } = hear();
  log.child({ job: SECRETS.WEBHOOK_SECRET }).warn('told');
  expect(lines.join('')).not.toContain(SECRETS.WEBHOOK_SECRET);
});

test('of the token neither half is shown alone', () => {
  const { log, lines } = hear();
  log.info({ answer: 'AAbbccddeeffgghhiijjkkllmmnnoopp' }, 'told');
  expect(lines.join('')).not.toContain('AAbbcc');
});

test('a password of digits leaves a line that can be read', () => {
  const secrets = parseConfig({ DATABASE_URL: 'postgres://vitrine:123456@db.test/shop' }).log.secrets;
  const { log, lines } = hearLog('trace', secrets);
  log.info({ updateId: 123456, other: 1234567, small: 12 }, 'told');
  expect(JSON.parse(lines.join(''))).toMatchObject({ updateId: '[secret]', other: '[secret]7', small: 12 });
});

test.each([
  ['a bot token', '987654:BBbbccddeeffgghhiijjkkllmmnnoopp'],
  ['a key', 'sk-abcdefgh12345678'],
  ['a bearer token', 'Bearer abc.def-ghi'],
  ['a password in an address', 'redis://cache:s3cret@redis.test'],
])('%s that nobody named is known by its shape, in a field too', (_name, text) => {
  const { log, lines } = hearLog('trace');
  log.info({ inner: { text: `a ${text} b`, mail: 'a@b.test', url: 'http://x.test:80/a' } }, 'told');
  expect(lines.join('')).not.toContain(text);
  expect(JSON.parse(lines.join(''))).toMatchObject({
    inner: { mail: 'a@b.test', url: 'http://x.test:80/a' },
  });
});

test('a line without a secret is written as it is', () => {
  const { log, lines } = hear();
  log.info({ bytes: 5, list: [1, null, 'a "quote"'] }, 'a photo was kept');
  expect(JSON.parse(lines.join(''))).toMatchObject({
    bytes: 5,
    list: [1, null, 'a "quote"'],
    msg: 'a photo was kept',
  });
});
