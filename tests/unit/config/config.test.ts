import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOfMemory } from '../../../src/config/settings-of.ts';
import { ConfigError, connectToSandbox, parseConfig } from '../../../src/config.ts';
import { VARIABLE_NAMES } from '../../../src/config-variables.ts';
import { MAX_PICTURES } from '../../../src/photoshoots/limits.ts';

type Name = (typeof VARIABLE_NAMES)[number];

const TOKEN = `123456:${'A'.repeat(35)}`;
const REAL = { BOT_TOKEN: TOKEN, OPENAI_API_KEY: 'sk-test' };
const ON_SERVER = { DATABASE_URL: 'postgres://u:p@h/n' };
const SECRET = 'a-webhook-secret-0001';
const MIB = 1024 * 1024;

function errorOf(environment: NodeJS.ProcessEnv): ConfigError {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
}
const problemsOf = (environment: NodeJS.ProcessEnv) => errorOf(environment).problems;

/** Values that each variable must refuse; none for a variable that takes any text. A new variable must come here. */
const BAD: Record<Name, readonly string[]> = {
  NODE_ENV: ['prod'],
  LOG_LEVEL: ['loud'],
  BOT_TOKEN: ['not-a-token', '123456:short'],
  BOT_USERNAME: ['a b', 'bot'],
  ADMIN_IDS: ['1,x', '0', '-5', '1,,2', '99999999999999999999'],
  TELEGRAM_API_ROOT: ['api.telegram.org', 'ftp://example.com'],
  PUBLIC_URL: ['http://example.com', 'example.com'],
  DASHBOARD_URL: ['http://example.com', 'example.com', 'https://example.com/shop'],
  WEBHOOK_SECRET: ['short', 'a secret with spaces in it'],
  HOST: [],
  LOG_FILE: [],
  COMPRESSION_ENABLED: ['yes'],
  COMPRESSION_LEVEL: ['0', '10', 'fast'],
  BROTLI_QUALITY: ['-1', '12'],
  HTTPS_PROXY: ['proxy.example:3128', 'ftp://proxy.example'],
  HTTP_PROXY: ['proxy'],
  NO_PROXY: [],
  TRUST_PROXY: ['yes', '10.0.0.0/33', '10.0.0', '-1', ','],
  EMBEDDED_DATABASE: ['yes'],
  PORT: ['65536', '-1', '80.5', 'http'],
  SANDBOX_PORT: ['65536', 'any'],
  IP_RATE_LIMIT: ['0', 'many'],
  PROVIDER_BUDGET_USD: ['0', '-5', 'much', '1e3', '1000001'],
  DATABASE_URL: ['mysql://localhost/x', 'localhost:5432'],
  DATABASE_DIRECT_URL: ['localhost:5432'],
  DATABASE_PASSWORD: [],
  DATA_DIR: [],
  DB_POOL_MAX_SIZE: ['0', '501'],
  DB_POOL_TIMEOUT: ['0', '601', '30s'],
  DB_POOL_RECYCLE: ['0', '86401'],
  QUERY_TIMEOUT: ['0', '-1', '1e3'],
  OPENAI_API_KEY: [
    'sk-…',
    'sk-proj-...abcd',
    'sk-one two',
    'sk-one\ntwo',
    '"sk-quoted"',
    'ключ',
    '<your key>',
  ],
  OPENAI_BASE_URL: ['api.openai.com', 'wss://example.com'],
  AI_PROVIDERS: [
    '{',
    '[]',
    '{"x": {}}',
    '{"x": {"baseURL": "https://x.test", "apiKey": "k"}}',
    '{"x": {"baseURL": "https://x.test", "apiKeyEnv": "K", "api": "talk"}}',
    '{"x": {"baseURL": "https://x.test", "apiKeyEnv": "K", "takes": ["steam"]}}',
    '{"openai": {"baseURL": "https://x.test", "apiKeyEnv": "K"}}',
  ],
  IMAGE_MODELS: [',', ' , ,'],
  IMAGE_FORMAT: ['png', 'jpg', 'JPEG'],
  VISION_MODEL: [],
  MODERATION_MODEL: [],
  PROMPT_TIMEOUT: ['0', '121'],
  IMAGE_STALL_TIMEOUT: ['0', '241'],
  IMAGE_DEADLINE: ['0.5', '291'],
  RETRY_MAX_ATTEMPTS: ['0', '11', '2.5'],
  RETRY_BASE_DELAY: ['-1', '61'],
  RETRY_MAX_DELAY: ['-1', '601'],
  CIRCUIT_FAILURE_THRESHOLD: ['0', '101'],
  CIRCUIT_RESET_TIMEOUT: ['0', '3601'],
  OUTAGE_ALERT_AFTER: ['-1', '3601'],
  MAX_WAITING_PHOTOSHOOTS: ['0', '1000001'],
  MAX_CONCURRENT_REQUESTS: ['0', '10001'],
  ASYNC_WORKERS: ['0', '1001'],
  REDIS_URL: ['http://localhost', 'redis://:secret@a,b'],
  CACHE_ENABLED: ['yes', '1'],
  CACHE_TTL: ['0', 'long'],
  MAX_CACHE_SIZE: ['0', '1000001'],
  IMAGE_CACHE_DIR: [],
  IMAGE_CACHE_MAX_MB: ['0', 'much'],
  IMAGE_CACHE_TTL: ['0', '604801'],
  TRUTH_CHECK: ['on', 'true'],
  MEMORY_LIMIT_MB: ['127', '1048577', '2g'],
  THREAD_POOL_SIZE: ['0', '65'],
  USER_RATE_LIMIT: ['0', '100001'],
  USER_RATE_WINDOW: ['0', '86401'],
  RATE_LIMIT_PER_USER: ['0', '1000001'],
  RECOGNITIONS_PER_DAY: ['0', '1000001'],
  PENDING_CONTEXT_TTL: ['9', '604801'],
  SLACK_WEBHOOK_URL: ['hooks.slack.example/x'],
  SMTP_URL: ['mail.example', 'https://mail.example'],
  ALERT_EMAIL_TO: ['nobody', 'a@b.example,,c@d.example'],
  ALERT_QUIET_HOURS: ['22', '22-24', '8-8', 'night'],
  ADMIN_API_TOKEN: ['short', 'a token with spaces in it'],
  PERFORMANCE_MONITORING: ['yes', '1'],
  PERFORMANCE_INTERVAL: ['0', '3601'],
  PROMETHEUS_ENABLED: ['on'],
  SLOW_QUERY_THRESHOLD: ['0', '601', 'a second'],
  DB_ECHO: ['yes'],
  CLEANUP_INTERVAL: ['0', '86401'],
  PICTURE_RETENTION_DAYS: ['0', '3651'],
  DRAFT_RETENTION_DAYS: ['0', '3651'],
  HISTORY_RETENTION_DAYS: ['0', '3651'],
  SUPPORT_RETENTION_DAYS: ['0', '3651'],
  FREE_CREDITS: ['-1', '1001'],
  GIVE_BACKS_PER_DAY: ['-1', '1001'],
  LISTINGS_PER_DAY: ['-1', '1001'],
  OWNER_TIME_ZONE: ['Mars/Olympus', '+03:00', 'UTC+3', '3'],
  STARS_USD_RATE: ['0', '-1', '1.5', '1e-2', 'much'],
  MAX_SAVED_STYLES: ['0', '51'],
  GIVE_BACK_SHARE_PERCENT: ['-1', '101'],
  PACKAGES: [
    '{',
    '[]',
    '[{"name": "x", "credits": 0, "stars": 1}]',
    '[{"name": "x", "credits": 1, "stars": 1.5}]',
  ],
  SUBSCRIPTION: ['{', '{"name": "x", "credits": 1, "stars": 10001}'],
  PAYMENT_PROVIDER_TOKEN: [],
  PAYMENT_CURRENCY: ['rub', 'EURO'],
  ORDER_TTL: ['59', '604801'],
  REFERRAL_REWARD_START: ['-1', '1001'],
  REFERRAL_REWARD_PURCHASE_PERCENT: ['-1', '101'],
  REFERRAL_MONTHLY_CAP: ['-1', '1000001'],
  METRIKA_COUNTER_ID: ['x'],
  METRIKA_TOKEN: [],
  METRIKA_API_ROOT: ['api.example.com'],
};
/** What belongs to a variable, so that the bad value is the only problem. */
const OTHER_HALVES: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  PUBLIC_URL: { WEBHOOK_SECRET: SECRET },
  WEBHOOK_SECRET: { PUBLIC_URL: 'https://a.test' },
  SMTP_URL: { ALERT_EMAIL_TO: 'owner@shop.example' },
  ALERT_EMAIL_TO: { SMTP_URL: 'smtp://mail.example' },
  METRIKA_COUNTER_ID: { METRIKA_TOKEN: 'token' },
  METRIKA_TOKEN: { METRIKA_COUNTER_ID: '1' },
  DATABASE_DIRECT_URL: { DATABASE_URL: 'postgres://vitrine@localhost/vitrine' },
};
const badValues = Object.entries(BAD).flatMap(([name, values]) => values.map((value) => ({ name, value })));

describe('a bad value', () => {
  test.each(badValues)('$name=$value is one line with name, problem and remedy', ({ name, value }) => {
    const [problem, ...more] = problemsOf({ ...OTHER_HALVES[name], [name]: value });
    expect(more).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name}( \\(“.*”\\))? is not right: .+\\. It should be .+\\.$`));
    // Sentences that zod writes for programmers are not for the person who runs this.
    expect(problem).not.toMatch(/undefined|expected|received|invalid (input|option|string)/i);
  });

  test('does not hide the others: all problems come at once, in one message', () => {
    const error = errorOf({ PORT: 'x', LOG_LEVEL: 'loud', BOT_TOKEN: 'x', PUBLIC_URL: 'https://a.test' });
    expect(error.problems).toHaveLength(4);
    for (const name of ['PORT', 'LOG_LEVEL', 'BOT_TOKEN', 'PUBLIC_URL'])
      expect(error.message).toContain(name);
    expect(error.message.split('\n')).toHaveLength(1 + error.problems.length);
  });

  test('of a token is not also called missing', () => {
    const problems = problemsOf({ ...ON_SERVER, NODE_ENV: 'production', BOT_TOKEN: 'malformed' });
    expect(problems).toEqual([expect.stringMatching(/^BOT_TOKEN is not right/)]);
  });

  test('of one half of the webhook is not also called missing', () => {
    const problems = problemsOf({ ...REAL, PUBLIC_URL: 'https://a.test', WEBHOOK_SECRET: 'short' });
    expect(problems).toEqual([expect.stringMatching(/^WEBHOOK_SECRET is not right/)]);
  });

  test('an empty variable is an absent one', () => {
    const environment = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '  ']));
    expect(parseConfig(environment)).toEqual(parseConfig({}));
  });

  test('spaces around a value do not matter', () => {
    expect(parseConfig({ PORT: ' 8080 ' }).http.port).toBe(8080);
  });
});

describe('a secret', () => {
  // No part of a word that the messages use, and always there to be found.
  const secret = fc.stringMatching(/^[A-Za-z0-9]{16,40}$/).map((text) => `Zq${text}`);
  const everything = (error: ConfigError) => `${inspect(error, { depth: null })} ${error.stack ?? ''}`;
  const expectHidden = (environmentOf: (word: string) => NodeJS.ProcessEnv) =>
    fc.assert(
      fc.property(secret, (word) => {
        const environment = { ...environmentOf(word), PORT: 'x' };
        expect(everything(errorOf(environment))).not.toContain(word);
      }),
    );

  const cases: Record<string, (word: string) => NodeJS.ProcessEnv> = {
    'a malformed token': (word) => ({ BOT_TOKEN: `x:${word}` }),
    'a token beside another problem': (word) => ({ BOT_TOKEN: `123456:${word.padEnd(35, '_')}` }),
    'a malformed webhook secret': (word) => ({ WEBHOOK_SECRET: `${word} !` }),
    'a webhook secret without its address': (word) => ({ WEBHOOK_SECRET: word }),
    'the password of another kind of database': (word) => ({ DATABASE_URL: `mysql://me:${word}@db/x` }),
    'a database address that is none': (word) => ({ DATABASE_URL: word }),
    'an API key': (word) => ({ ...REAL, OPENAI_API_KEY: word }),
    'a key where its variable’s name belongs': (word) => ({
      AI_PROVIDERS: JSON.stringify({ other: { baseURL: 'https://x.test', apiKeyEnv: word } }),
    }),
    'a key beside the fields of an endpoint': (word) => ({
      AI_PROVIDERS: JSON.stringify({ other: { baseURL: 'https://x.test', apiKey: word } }),
    }),
    'a key in JSON that is cut short': (word) => ({ AI_PROVIDERS: `{"other": {"apiKey": "${word}"` }),
    'the password in an address of a provider': (word) => ({ OPENAI_BASE_URL: `ftp://me:${word}@x.test` }),
    'the password in a public address': (word) => ({ PUBLIC_URL: `http://me:${word}@x.test` }),
  };
  test.each(Object.entries(cases))('is never in the error: %s', (_what, environmentOf) => {
    expectHidden(environmentOf);
  });

  test('is not taken for one where the value holds none: it is shown', () => {
    expect(problemsOf({ PORT: '65536' })).toEqual([expect.stringContaining('“65536”')]);
  });
});

describe('the mode', () => {
  test('without a token is the sandbox, also with a key', () => {
    expect(parseConfig({})).toMatchObject({ mode: 'sandbox', sandboxPort: 3001, environment: 'development' });
    expect(parseConfig({ OPENAI_API_KEY: 'sk-test' }).mode).toBe('sandbox');
  });

  test('with a token is polling', () => {
    const config = parseConfig({ ...REAL, BOT_USERNAME: '@vitrine_bot' });
    expect(config).toMatchObject({
      mode: 'polling',
      telegram: { token: TOKEN, apiRoot: 'https://api.telegram.org', username: 'vitrine_bot' },
      aiEndpoints: [
        { name: 'openai', baseURL: 'https://api.openai.com/v1', apiKey: 'sk-test', api: 'images' },
      ],
    });
    expect(config).not.toHaveProperty('webhook');
  });

  test('with a public address and its secret is the webhook', () => {
    const config = parseConfig({ ...REAL, PUBLIC_URL: 'https://a.test/', WEBHOOK_SECRET: SECRET });
    expect(config).toMatchObject({
      mode: 'webhook',
      webhook: { publicUrl: 'https://a.test', secret: SECRET },
    });
  });

  test('the dashboard is where it is said to be, else where the webhook is, else where the server listens', () => {
    const webhook = { PUBLIC_URL: 'https://a.test/', WEBHOOK_SECRET: SECRET };
    const at = (environment: NodeJS.ProcessEnv) => parseConfig({ ...REAL, ...environment }).dashboardUrl;
    expect(at({})).toBeNull();
    expect(at(webhook)).toBe('https://a.test');
    expect(at({ ...webhook, DASHBOARD_URL: 'https://b.test/' })).toBe('https://b.test');
    expect(at({ DASHBOARD_URL: 'http://127.0.0.1:3000' })).toBe('http://127.0.0.1:3000');
  });

  test.each([{ PUBLIC_URL: 'https://a.test' }, { WEBHOOK_SECRET: SECRET }])(
    'is refused with half of a webhook: %j',
    (half) => {
      expect(problemsOf({ ...REAL, ...half })).toEqual([
        expect.stringContaining('PUBLIC_URL and WEBHOOK_SECRET belong together'),
      ]);
    },
  );

  test('is refused with one port for both servers, and with a token there is but one', () => {
    const same = { PORT: '4000', SANDBOX_PORT: '4000' };
    expect(problemsOf(same)).toEqual([
      'PORT and SANDBOX_PORT are both 4000: without a token each needs a port of its own',
    ]);
    expect(parseConfig({ ...REAL, ...same }).http.port).toBe(4000);
    expect(parseConfig({ PORT: '0', SANDBOX_PORT: '0' }).mode).toBe('sandbox');
  });

  test('takes a webhook on this machine without https', () => {
    const config = parseConfig({ ...REAL, PUBLIC_URL: 'http://127.0.0.1:3000', WEBHOOK_SECRET: SECRET });
    expect(config.mode).toBe('webhook');
  });

  test('in production is never the sandbox', () => {
    expect(problemsOf({ ...ON_SERVER, NODE_ENV: 'production' })).toEqual([
      expect.stringContaining('BOT_TOKEN is missing'),
    ]);
    expect(parseConfig({ ...REAL, ...ON_SERVER, NODE_ENV: 'production' })).toMatchObject({
      mode: 'polling',
      log: { pretty: false },
    });
  });

  test('in production is refused on the embedded database, unless that is accepted', () => {
    const production = { ...REAL, NODE_ENV: 'production' };
    expect(problemsOf(production)).toEqual([
      expect.stringMatching(/^DATABASE_URL is missing: .+ power cut .+ EMBEDDED_DATABASE=accept/),
    ]);
    for (const accepted of [ON_SERVER, { EMBEDDED_DATABASE: 'accept' }]) {
      expect(parseConfig({ ...production, ...accepted }).environment).toBe('production');
    }
  });

  test('with a token and no key is refused', () => {
    expect(problemsOf({ BOT_TOKEN: TOKEN })).toEqual([expect.stringContaining('OPENAI_API_KEY is missing')]);
  });

  test('with a token and no key of OpenAI’s is fine where no model needs it', () => {
    const others = {
      BOT_TOKEN: TOKEN,
      AI_PROVIDERS: '{"router": {"baseURL": "https://x.test/v1", "apiKeyEnv": "ROUTER_KEY", "api": "chat"}}',
      ROUTER_KEY: 'sk-or-1',
      IMAGE_MODELS: 'router/google/gemini-image',
      VISION_MODEL: 'router/google/gemini-flash',
    };
    expect(parseConfig({ ...others, MODERATION_MODEL: 'Off' })).toMatchObject({
      mode: 'polling',
      ai: { moderationModel: null, visionModel: 'router/google/gemini-flash' },
      aiEndpoints: [{ name: 'router', api: 'chat', takes: ['modalities', 'image_config'] }],
    });
    expect(problemsOf(others)).toEqual([
      expect.stringMatching(/OPENAI_API_KEY is missing.*MODERATION_MODEL names “omni-moderation-latest”/),
    ]);
  });

  test('with a key that cannot be one is refused once, without a word of it', () => {
    const [problem, ...more] = problemsOf({ BOT_TOKEN: TOKEN, OPENAI_API_KEY: 'sk-proj-12…9z' });
    expect(problem).toMatch(/^OPENAI_API_KEY is not right: it holds an ellipsis, .+ in one line\.$/);
    expect(problem).not.toContain('sk-proj');
    expect(more).toEqual([]);
    const AI_PROVIDERS = '{"other": {"baseURL": "https://x.test/v1", "apiKeyEnv": "OTHER_KEY"}}';
    expect(problemsOf({ ...REAL, AI_PROVIDERS, OTHER_KEY: 'sk-1\nsk-2' })).toEqual([
      'AI_PROVIDERS names OTHER_KEY for the key of “other”, and its value holds a space or a line break',
    ]);
  });
});

describe('the values', () => {
  test('are frozen', () => {
    for (const environment of [{}, REAL]) expect(Object.isFrozen(parseConfig(environment))).toBe(true);
  });

  test('of durations are seconds outside and milliseconds inside', () => {
    const config = parseConfig({
      PROMPT_TIMEOUT: '2.5',
      PENDING_CONTEXT_TTL: '60',
      PICTURE_RETENTION_DAYS: '2',
    });
    expect(config).toMatchObject({
      ai: { attemptTimeoutMs: 2500, imageDeadlineMs: 120_000 },
      draftTtlMs: 60_000,
      pictureRetentionMs: 172_800_000,
    });
  });

  test('of the line are fifty for each worker that finds places for all of its pictures, or what is said', () => {
    const lineOf = (values: Record<string, string>) => parseConfig(values).longestLine;
    expect(lineOf({})).toBe((50 * 100) / MAX_PICTURES);
    expect(lineOf({ ASYNC_WORKERS: '10' })).toBe(500);
    expect(lineOf({ MAX_CONCURRENT_REQUESTS: '1' })).toBe(50);
    expect(lineOf({ ASYNC_WORKERS: '10', MAX_WAITING_PHOTOSHOOTS: '7' })).toBe(7);
  });

  test('of the database are a server with an address, and embedded without', () => {
    expect(parseConfig({}).database).toEqual({ kind: 'embedded' });
    expect(parseConfig({ DATABASE_URL: 'postgresql://u:p@h/n', DB_POOL_MAX_SIZE: '7' }).database).toEqual({
      kind: 'server',
      url: 'postgresql://u:p@h/n',
      directUrl: null,
      poolMaxSize: 7,
      connectTimeoutMs: 30_000,
      recycleMs: 3_600_000,
      queryTimeoutMs: 30_000,
    });
  });

  test('of memory are megabytes outside and bytes inside', () => {
    expect(parseConfig({ MEMORY_LIMIT_MB: '512' }).memoryLimitBytes).toBe(512 * MIB);
  });

  test.each([
    ['a container that has a limit', 1024 * MIB, 768],
    ['a container without one, where no limit is told', 0, 2048],
    ['a container without one, where the kernel tells its largest number', 2 ** 64, 2048],
    ['a container with more than one process has use for', 8192 * MIB, 2048],
  ])(
    'of memory are three quarters of what there is when nothing is said: %s',
    (_where, container, expected) => {
      expect(shareOfMemory(container, 16_384 * MIB)).toBe(expected * MIB);
    },
  );

  test('of memory are three quarters of a small machine', () => {
    expect(shareOfMemory(0, 1024 * MIB)).toBe(768 * MIB);
  });

  test('of trusted proxies are a number, or addresses and networks', () => {
    const trusted = (value: string) => parseConfig({ TRUST_PROXY: value }).http.trustedProxies;
    expect(trusted('2')).toBe(2);
    expect(trusted('10.0.0.0/8, ::1,loopback')).toEqual(['10.0.0.0/8', '::1', 'loopback']);
    expect(trusted('')).toBeNull();
  });

  test('of lists may have spaces', () => {
    const config = parseConfig({ ADMIN_IDS: '12, 34', IMAGE_MODELS: 'a , b' });
    expect(config.adminIds).toEqual([12, 34]);
    expect(config.ai.imageModels).toEqual(['a', 'b']);
  });

  test('of further providers bring their keys from the variables they name', () => {
    const AI_PROVIDERS = '{"other": {"baseURL": "https://x.test/v1", "apiKeyEnv": "OTHER_KEY"}}';
    const config = parseConfig({ ...REAL, AI_PROVIDERS, OTHER_KEY: 'k', IMAGE_MODELS: 'other/m,n' });
    expect(config).toMatchObject({
      aiEndpoints: [{ name: 'openai' }, { name: 'other', baseURL: 'https://x.test/v1', apiKey: 'k' }],
    });
    expect(problemsOf({ ...REAL, AI_PROVIDERS })).toEqual([expect.stringContaining('OTHER_KEY')]);
  });

  test.each(['IMAGE_MODELS', 'VISION_MODEL', 'MODERATION_MODEL'])(
    'of %s must name endpoints that are there',
    (name) => {
      expect(problemsOf({ ...REAL, [name]: 'nowhere/m' })).toEqual([
        expect.stringContaining(`${name} names “nowhere/m”`),
      ]);
      expect(parseConfig({ ...REAL, [name]: 'openai/org/m' }).mode).toBe('polling');
    },
  );

  test('of an endpoint say what it takes, where that is not what its kind usually does', () => {
    const other = { baseURL: 'https://x.test/v1', apiKeyEnv: 'OTHER_KEY' };
    const endpointOf = (about: object) => {
      const AI_PROVIDERS = JSON.stringify({ other: { ...other, ...about } });
      const config = parseConfig({ ...REAL, OTHER_KEY: 'k', AI_PROVIDERS });
      return config.mode === 'sandbox' ? undefined : config.aiEndpoints[1];
    };
    expect(endpointOf({})).toMatchObject({ api: 'images', takes: ['quality', 'input_fidelity'] });
    expect(endpointOf({ takes: ['stream'] })).toMatchObject({ api: 'images', takes: ['stream'] });
    expect(endpointOf({ api: 'chat', takes: [] })).toMatchObject({ api: 'chat', takes: [] });
  });
});

describe('the sandbox’s configuration', () => {
  test('becomes one for polling with the doubles’ addresses, and one admin more', () => {
    const sandbox = parseConfig({ ADMIN_IDS: '5' });
    if (sandbox.mode !== 'sandbox') throw new Error('the sandbox was asked for');
    const connected = connectToSandbox(sandbox, {
      botToken: TOKEN,
      telegramApiRoot: 'http://127.0.0.1:1',
      openaiBaseUrl: 'http://127.0.0.1:2',
      openaiApiKey: 'k',
      adminId: 9,
    });
    expect(connected).toMatchObject({
      mode: 'polling',
      adminIds: [5, 9],
      telegram: { token: TOKEN, apiRoot: 'http://127.0.0.1:1' },
      aiEndpoints: [{ baseURL: 'http://127.0.0.1:2', apiKey: 'k' }],
    });
    expect(Object.isFrozen(connected)).toBe(true);
  });
});
